using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Checks;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace Notebooks.Tests.Shape;

/// <summary>What docs/chapters.md asks of every chapter, without running it.</summary>
public sealed partial class ShapeTests
{
    private const int MaxLines = 24;
    private const int WidestLine = 100;

    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_is_valid_canonical_small_and_compiles(string chapter)
    {
        var checker = new NotebookChecker(new CheckOptions { RepositoryRoot = CourseTable.Root });
        var result = checker.Check(Path.Combine(CourseTable.Folder, chapter));
        Assert.True(result.Problems.Count == 0 && result.Skipped is null, string.Join('\n', [.. result.Problems, result.Skipped]));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_first_cell_has_the_title_the_tutorial_and_what_the_chapter_is_for(string chapter)
    {
        var first = Read(chapter).Cells[0];
        var entry = CourseTable.Of(chapter);
        Assert.True(
            first.Source.StartsWith($"# {entry.Number} · {entry.Title}\n", StringComparison.Ordinal),
            $"{chapter}: the first cell does not begin with '# {entry.Number} · {entry.Title}'.");
        Assert.True(
            MirrorsPattern().IsMatch(first.Source),
            $"{chapter}: the first cell has no line '*Mirrors tutorial 00N, `its name`: **the heading**.*'.");
        Assert.True(
            first.Source.TrimEnd().Split("\n\n").Length >= 3,
            $"{chapter}: the first cell does not say, below title and tutorial, what the chapter is for.");
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void It_has_objectives_settings_what_to_notice_recap_exercises_and_gate_in_order(string chapter)
    {
        var document = Read(chapter);
        var wanted = new (string What, Predicate<NotebookCell> Is)[]
        {
            ("a cell '## What you will be able to do' with a list", cell => HasList(cell, "## What you will be able to do\n")),
            ("a code cell that begins with #r \"../artifacts/lib/DeepLearning.dll\"",
                cell => cell.Kind == CellKind.Code && cell.Source.StartsWith("#r \"../artifacts/lib/DeepLearning.dll\"\n", StringComparison.Ordinal)),
            ("a code cell tagged 'parameters'", cell => cell.HasTag("parameters")),
            ("'**What to notice.**' in a cell of prose", cell => cell.Kind == CellKind.Markdown && cell.Source.Contains("**What to notice.**", StringComparison.Ordinal)),
            ("a cell '## Recap' with a list", cell => HasList(cell, "## Recap\n")),
            ("a cell '## Recall'", cell => cell.Source.StartsWith("## Recall\n", StringComparison.Ordinal)),
            ("a cell '## Exercises' with a numbered list", cell => cell.Source.StartsWith("## Exercises\n", StringComparison.Ordinal)),
            ("a solution", FoldedSolutions.IsSolution),
            ("a code cell with the id 'gate'", cell => cell.Kind == CellKind.Code && cell.Id == "gate"),
        };
        var place = 0;
        foreach (var (what, isIt) in wanted)
        {
            var found = document.Cells.Skip(place).ToList().FindIndex(isIt);
            Assert.True(found >= 0, $"{chapter}: after cell '{document.Cells[Math.Max(0, place - 1)].Id}' there is not {what}.");
            place += found + 1;
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_settings_tell_the_tutorials_own_and_have_quick_ones(string chapter)
    {
        var job = NotebookJob.Load(Path.Combine(CourseTable.Folder, chapter));
        var cell = Assert.Single(job.Document.CodeCells, cell => cell.HasTag("parameters"));
        foreach (var line in cell.Source.Split('\n'))
        {
            Assert.True(
                SettingPattern().IsMatch(line),
                $"{chapter}: cell '{cell.Id}': '{line}' is not one setting with the tutorial's own, or what it is, in a comment: var name = value;  // …");
        }
        Assert.All(
            job.SmokeSettings,
            setting => Assert.True(
                job.ParameterNames.Contains(setting.Key, StringComparer.Ordinal),
                $"{chapter}: cell '{cell.Id}': the smoke setting '{setting.Key}' is none of its parameters."));
        Assert.True(cell.Metadata["smoke"] is JsonObject, $"{chapter}: the metadata of cell '{cell.Id}' have no \"smoke\": {{…}}, not even an empty one.");
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_exercises_have_grades_and_at_least_one_is_open(string chapter)
    {
        var grades = Exercises(chapter).Select(match => match.Groups["grade"].Value).ToList();
        Assert.True(grades.Count is >= 3 and <= 5, $"{chapter}: there are {grades.Count} exercises, not three to five.");
        Assert.True(
            grades.TrueForAll(grade => grade is "Warm-up" or "Practice" or "Open"),
            $"{chapter}: an exercise begins with none of '**Warm-up.**', '**Practice.**' and '**Open.**'.");
        Assert.True(grades.Contains("Open", StringComparer.Ordinal), $"{chapter}: no exercise is '**Open.**', without a solution of ours.");
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Each_exercise_has_a_solution_that_every_front_end_folds(string chapter)
    {
        var document = Read(chapter);
        foreach (var number in Exercises(chapter).Where(match => match.Groups["grade"].Value != "Open").Select(match => match.Groups["number"].Value))
        {
            Assert.True(
                document.Cells.Any(cell => IsSolution(cell, number)),
                $"{chapter}: exercise {number} has no solution: a cell of prose tagged 'solution', a <details> with '<summary>Solution {number}</summary>'.");
        }
        Assert.True(
            document.Cells.Any(cell => FoldedSolutions.IsSolution(cell) && FoldedSolutions.Code(cell) is not null),
            $"{chapter}: no solution has code: a block that begins with ```csharp.");
        Assert.DoesNotContain(document.CodeCells, cell => cell.HasTag("solution"));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_recall_questions_have_answers_that_are_folded(string chapter)
    {
        var recall = Assert.Single(Read(chapter).Cells, cell => cell.Source.StartsWith("## Recall\n", StringComparison.Ordinal)).Source.Split("<details>");
        Assert.True(recall.Length == 2, $"{chapter}: the answers of '## Recall' are not in one <details>.");
        var (questions, answers) = (NumberPattern().Count(recall[0]), NumberPattern().Count(recall[1]));
        Assert.True(questions >= 3 && answers == questions, $"{chapter}: '## Recall' has {questions} questions and {answers} answers.");
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_last_code_cell_is_the_gate_and_can_fail_with_a_sentence(string chapter)
    {
        var gate = Read(chapter).CodeCells.Last();
        Assert.True(gate.Id == "gate", $"{chapter}: the last code cell is '{gate.Id}', not the gate.");
        Assert.True(
            ThrowPattern().IsMatch(gate.Source),
            $"{chapter}: the gate throws no sentence: throw new Exception(\"…\").");
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_last_cell_links_to_the_chapters_before_and_after(string chapter)
    {
        var entry = CourseTable.Of(chapter);
        var links = new[]
        {
            CourseTable.Beside(entry, -1) is { } before ? $"← {before.Link}" : null,
            CourseTable.Beside(entry, 1) is { } after ? $"{after.Link} →" : null,
        };
        Assert.Equal(string.Join(" · ", links.OfType<string>()), Read(chapter).Cells[^1].Source);
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_code_cells_are_short_and_narrow(string chapter)
    {
        foreach (var cell in Read(chapter).CodeCells)
        {
            var lines = cell.Source.Split('\n');
            Assert.True(lines.Length <= MaxLines, $"{chapter}: cell '{cell.Id}' has {lines.Length} lines; {MaxLines} are the most.");
            Assert.All(lines, line => Assert.True(line.Length <= WidestLine, $"{chapter}: cell '{cell.Id}' has a line of {line.Length} characters: {line}"));
        }
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_outputs_are_committed_as_they_are_shown(string chapter)
    {
        var document = Read(chapter);
        Assert.True(
            document.CodeCells.Last().Outputs.Count > 0,
            $"{chapter} holds no outputs, or not its last: ./nb run --save notebooks/{chapter}");
        Assert.True(
            CommittedForm.Of(document).ToJson() == document.ToJson(),
            $"{chapter} holds what differs from run to run (counts, times, metadata of front ends): ./nb run --save notebooks/{chapter}");
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Its_outputs_are_those_of_the_real_images(string chapter)
    {
        foreach (var cell in Read(chapter).CodeCells)
        {
            Assert.False(
                cell.Outputs.ToJsonString().Contains("synthetic images are used", StringComparison.Ordinal),
                $"{chapter}: cell '{cell.Id}' shows synthetic images: DATASETS=… ./nb run --save notebooks/{chapter}");
        }
    }

    internal static NotebookDocument Read(string chapter) => NotebookDocument.Read(Path.Combine(CourseTable.Folder, chapter));

    private static bool HasList(NotebookCell cell, string heading)
        => cell.Kind == CellKind.Markdown && cell.Source.StartsWith(heading, StringComparison.Ordinal)
            && cell.Source.Contains("\n- ", StringComparison.Ordinal);

    private static bool IsSolution(NotebookCell cell, string number)
        => FoldedSolutions.IsSolution(cell) && cell.Source.StartsWith($"<details>\n<summary>Solution {number}</summary>\n\n", StringComparison.Ordinal)
            && cell.Source.EndsWith("\n\n</details>", StringComparison.Ordinal);

    private static List<Match> Exercises(string chapter)
        => ExercisePattern().Matches(Assert.Single(
            Read(chapter).Cells, cell => cell.Source.StartsWith("## Exercises\n", StringComparison.Ordinal)).Source).OfType<Match>().ToList();

    [GeneratedRegex(@"^\*Mirrors tutorial 00[0-4], `[^`]+`: \*\*", RegexOptions.Multiline)]
    private static partial Regex MirrorsPattern();

    [GeneratedRegex(@"^[\w<>\[\]?]+ \w+ = .+; +// .+$")]
    private static partial Regex SettingPattern();

    [GeneratedRegex(@"^(?<number>\d+)\. (\*\*(?<grade>[\w-]+)\.\*\*)?", RegexOptions.Multiline)]
    private static partial Regex ExercisePattern();

    [GeneratedRegex(@"^\d+\. ", RegexOptions.Multiline)]
    private static partial Regex NumberPattern();

    [GeneratedRegex("throw new \\w*Exception\\(\\s*\\$?\".{20,}")]
    private static partial Regex ThrowPattern();
}
