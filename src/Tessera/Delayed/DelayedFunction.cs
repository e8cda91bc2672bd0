using System.Runtime.CompilerServices;

namespace Tessera;

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
