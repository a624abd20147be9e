namespace Microsoft.Data.Analysis;

/// <summary>One record of a csv text, with the line it starts on, counted from one.</summary>
internal sealed record CsvRecord(long Line, string[] Fields);
