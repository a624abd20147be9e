namespace NotebookHost.Tests.Display;

/// <summary>Values that contain themselves, or whose text never ends.</summary>
[Collection(OneAtATime.Name)]
public sealed class RecursionTests : SessionFixture
{
    [Fact]
    public async Task A_record_that_contains_itself_is_shown_once()
    {
        await Run("record A(int P1) { public A Node { get; set; } }\nvar a = new A(5); a.Node = a;");

        Assert.Equal("A { P1 = 5, Node = A { … } }", await Result("a"));
        Assert.Equal("display: A { P1 = 5, Node = A { … } }", (await Run("display(a);")).Outputs[0]);
        Assert.Equal("7", await Result("3 + 4"));
    }

    [Theory]
    [InlineData("new[] { a }")]
    [InlineData("new List<A> { a, a }")]
    [InlineData("new Dictionary<string, A> { [\"x\"] = a }")]
    [InlineData("(1, a)")]
    [InlineData("Tuple.Create(a, a)")]
    [InlineData("new { Inner = a }")]
    [InlineData("new Holder { Kept = a }")]
    [InlineData("new Struct(a)")]
    [InlineData("new B(1, a)")]
    [InlineData("Enumerable.Repeat(a, 3)")]
    [InlineData("Task.FromResult(a).Result")]
    [InlineData("new object[,] { { a, 1 } }")]
    public async Task Whatever_holds_such_a_record_is_shown(string expression)
    {
        await Run("""
            record A(int P1) { public A Node { get; set; } public List<A> All { get; } = new(); }
            record B(int P1, A Other) : A(P1);
            record struct Struct(A Inner);
            class Holder { public A Kept { get; set; } public Holder Self => this; public Holder Next => new Holder { Kept = Kept }; }
            var a = new A(5); a.Node = a; a.All.Add(a);
            """);

        Assert.NotEmpty((await Run(expression)).ResultText!);
        Assert.Equal("7", await Result("3 + 4"));
    }

    [Fact]
    public async Task A_list_that_contains_itself_is_shown()
    {
        Assert.NotEmpty((await Result("var list = new List<object> { 1 }; list.Add(list); list"))!);
        Assert.NotEmpty((await Result("var map = new Dictionary<string, object>(); map[\"self\"] = map; map"))!);
        Assert.NotEmpty((await Result("dynamic bag = new System.Dynamic.ExpandoObject(); bag.Self = bag; (object)bag"))!);
    }

    [Fact]
    public async Task A_wide_and_deep_object_is_cut()
    {
        var text = (await Run("""
            class Tree { public int A => 1; public Tree L => new(); public Tree R => new(); public Leaf X => new(); public Leaf Y => new(); }
            class Leaf { public Tree T1 => new(); public Tree T2 => new(); public Tree T3 => new(); public Tree T4 => new(); }
            new Tree()
            """)).LastBundle!;

        Assert.InRange(text["text/html"].Length, 1, 50_000);
    }

    [Theory]
    [InlineData("class C { public override string ToString() => $\"{this}\"; }")]
    [InlineData("class C { public override string ToString() { return ToString() + \"x\"; } }")]
    [InlineData("class D { public C Back; public override string ToString() => Back.ToString(); }\nclass C { public D There = new(); public C() => There.Back = this; public override string ToString() => $\"({There})\"; }")]
    [InlineData("struct C { public override string ToString() => this.ToString(); }")]
    [InlineData("record C { public override string ToString() => $\"{this}\"; }")]
    public async Task A_text_that_calls_itself_without_end_becomes_part_of_the_output(string declaration)
    {
        await Run(declaration);

        Assert.Contains("InsufficientExecutionStackException: infinite recursion in ToString", (await Run("new C()")).ResultText, StringComparison.Ordinal);
        var error = await Fail("Console.WriteLine(new C());");
        Assert.Equal("InsufficientExecutionStackException", error.Name);
        Assert.InRange(error.Traceback.Count, 1, 60);
        Assert.Equal("7", await Result("3 + 4"));
    }

    [Fact]
    public async Task The_own_text_of_a_record_that_contains_itself_is_an_error_of_the_cell()
    {
        await Run("record A(int P1) { public A Node { get; set; } }\nrecord Empty;\nvar a = new A(5); a.Node = a;");

        Assert.Equal("InsufficientExecutionStackException", (await Fail("a.ToString()")).Name);
        Assert.Equal(["out: A { P1 = 1, Node =  } Empty { }"], (await Run("Console.Write($\"{new A(1)} {new Empty()}\");")).Outputs);
    }

    [Fact]
    public async Task Texts_that_go_deep_and_end_are_not_cut()
    {
        await Run("""
            class Link { public Link Next; public override string ToString() => Next is null ? "end" : "x" + Next; }
            Link chain = null;
            for (var i = 0; i < 1000; i++) chain = new Link { Next = chain };
            """);

        Assert.Equal("1002", await Result("chain.ToString().Length"));
    }

    [Fact]
    public async Task Lines_and_places_of_guarded_code_are_those_of_the_cell()
    {
        var error = await Fail("record R(int X);\nclass C\n{\n    public override string ToString() => int.Parse(\"x\").ToString();\n}\nnew C().ToString()");

        Assert.Contains("   at C.ToString in cell 1, line 4", error.Traceback);
        Assert.Equal(1, (await Fail("class E { public override string ToString() => nonsense; }")).Line);
    }
}
