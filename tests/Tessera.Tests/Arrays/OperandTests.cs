namespace Tessera.Tests.Arrays;

public class OperandTests
{
    private static readonly ChunkedArray<double> Reals = ChunkedArray.From([1.0]);
    private static readonly ChunkedArray<bool> Truths = ChunkedArray.From([true]);

    [Fact]
    public void An_operator_on_the_wrong_type_is_named_as_it_is_typed_and_says_what_it_takes()
    {
        Refused("The operator ~ was asked of an array of double; it is defined for integers and booleans.", () => ~Reals);
        Refused("The operator & was asked of an array of double; it is defined for integers and booleans.", () => Reals & Reals);
        Refused("The operator << was asked of an array of double; it is defined for integers.", () => Reals << 1);
        Refused("The operator >> was asked of an array of bool; it is defined for integers.", () => Truths >> true);
        Refused("The operator ! was asked of an array of double; it is defined for booleans.", () => !Reals);
        Refused("The operator + was asked of an array of bool; it is defined for integers and floating point.", () => Truths + Truths);
        Refused("The operator - was asked of an array of bool; it is defined for integers and floating point.", () => -Truths);
        Refused("The operator / was asked of an array of bool; it is defined for integers and floating point.", () => Truths.Any() / true);
        Refused("Pow was asked of an array of bool; it is defined for integers and floating point.", () => Truths.Pow(true));
        Refused("Max was asked of an array of bool; it is defined for integers and floating point.", () => Truths.Max());
    }

    [Fact]
    public void The_remedy_leads_to_a_type_that_the_operator_takes()
    {
        Assert.EndsWith("Cast to an integer first, Cast<int>(), or compare.", Assert.Throws<NotSupportedException>(() => ~Reals).Message);
        Assert.EndsWith("Cast to an integer first, Cast<int>().", Assert.Throws<NotSupportedException>(() => Truths << true).Message);
        Assert.EndsWith("Cast to a number first, Cast<int>(), or use &, |, ^ and !.", Assert.Throws<NotSupportedException>(() => Truths + true).Message);
        Assert.EndsWith("Compare first, x == 0, or cast, Cast<bool>().", Assert.Throws<NotSupportedException>(() => !Reals).Message);
    }

    private static void Refused(string message, Func<object> build) => Assert.StartsWith(message, Assert.Throws<NotSupportedException>(build).Message);
}
