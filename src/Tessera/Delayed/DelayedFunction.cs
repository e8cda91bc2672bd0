using System.Runtime.CompilerServices;

namespace Tessera;

// Written by functions.py, which stands beside this file.

/// <summary>
/// Calls a function of no arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<TResult>(
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of one argument later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<T1, TResult>(
    Delayed<T1> argument1,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of two arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<T1, T2, TResult>(
    Delayed<T1> argument1, Delayed<T2> argument2,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of three arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<T1, T2, T3, TResult>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of four arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<T1, T2, T3, T4, TResult>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of five arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<T1, T2, T3, T4, T5, TResult>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    Delayed<T5> argument5,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of six arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<T1, T2, T3, T4, T5, T6, TResult>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    Delayed<T5> argument5, Delayed<T6> argument6,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of seven arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<T1, T2, T3, T4, T5, T6, T7, TResult>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    Delayed<T5> argument5, Delayed<T6> argument6, Delayed<T7> argument7,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of eight arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed<TResult> DelayedFunction<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    Delayed<T5> argument5, Delayed<T6> argument6, Delayed<T7> argument7, Delayed<T8> argument8,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of no arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction(
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of one argument later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction<T1>(
    Delayed<T1> argument1,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of two arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction<T1, T2>(
    Delayed<T1> argument1, Delayed<T2> argument2,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of three arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction<T1, T2, T3>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of four arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction<T1, T2, T3, T4>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of five arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction<T1, T2, T3, T4, T5>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    Delayed<T5> argument5,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of six arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction<T1, T2, T3, T4, T5, T6>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    Delayed<T5> argument5, Delayed<T6> argument6,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of seven arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction<T1, T2, T3, T4, T5, T6, T7>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    Delayed<T5> argument5, Delayed<T6> argument6, Delayed<T7> argument7,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);

/// <summary>
/// Calls a function of eight arguments later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate Delayed DelayedAction<T1, T2, T3, T4, T5, T6, T7, T8>(
    Delayed<T1> argument1, Delayed<T2> argument2, Delayed<T3> argument3, Delayed<T4> argument4,
    Delayed<T5> argument5, Delayed<T6> argument6, Delayed<T7> argument7, Delayed<T8> argument8,
    EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);
