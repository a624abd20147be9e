using System.Text;
using System.Text.Json.Nodes;
using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Running;

/// <summary>
/// Records the outputs of cells in the notebook like nbclient: consecutive texts of one stream become one output, and an update changes
/// all outputs with its id. Calls can come from any thread; after the recorder is closed, the notebook does not change.
/// </summary>
internal sealed class OutputRecorder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<JsonObject>> _displays = new(StringComparer.Ordinal);
    private readonly List<CellRecord> _records = [];
    private bool _closed;

    /// <summary>Starts recording a cell.</summary>
    public CellRecord Begin(NotebookCell cell, IRunReport report)
    {
        lock (_gate)
        {
            var record = new CellRecord(this, cell, report);
            _records.Add(record);
            return record;
        }
    }

    /// <summary>Ends recording. Later outputs, from threads that outlive their cell, are ignored.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _records.ForEach(record => record.EndText());
            _closed = true;
        }
    }

    /// <summary>The outputs of one cell.</summary>
    internal sealed class CellRecord(OutputRecorder recorder, NotebookCell cell, IRunReport report) : ICellSink
    {
        // a cell with endless output must not fill the memory of the runner or the terminal
        private readonly OutputLimit _textLimit = OutputLimit.OfText();
        private readonly OutputLimit _displayLimit = OutputLimit.OfDisplays();
        private readonly OutputLimit _reportLimit = new(
            200_000, "\n… the rest of this cell's output is only in the notebook: it has more than 200,000 characters\n");

        private readonly StringBuilder _text = new();
        private ConsoleChannel _channel;

        public void Stream(ConsoleChannel stream, string text) => Do(() => Write(stream, text));

        public void Display(string displayId, MimeBundle bundle) => Do(() =>
        {
            if (!_displayLimit.TryTake(bundle.Length, notice => Write(ConsoleChannel.Output, notice)))
                return;
            var output = Rich("display_data", bundle);
            if (!recorder._displays.TryGetValue(displayId, out var outputs))
                recorder._displays[displayId] = outputs = [];
            outputs.Add(output);
            Add(output);
            if (_reportLimit.TryTake(bundle.PlainText.Length, notice => report.Text(ConsoleChannel.Output, notice)))
                report.Shown(displayId, bundle);
        });

        public void Update(string displayId, MimeBundle bundle) => Do(() =>
        {
            foreach (var output in recorder._displays.GetValueOrDefault(displayId) ?? [])
                output["data"] = bundle.ToJson();
            report.Updated(displayId, bundle);
        });

        public void Result(MimeBundle bundle) => Do(() =>
        {
            var output = Rich("execute_result", bundle);
            NotebookCell.Put(output, "execution_count", cell.ExecutionCount);
            Add(output);
            report.Shown(displayId: null, bundle);
        });

        public void Error(CellError error) => Do(() => Add(new JsonObject
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
        }));

        internal void EndText()
        {
            if (_text.Length == 0)
                return;
            cell.Outputs.Add((JsonNode)new JsonObject
            {
                ["name"] = _channel == ConsoleChannel.Output ? "stdout" : "stderr",
                ["output_type"] = "stream",
                ["text"] = MultilineText.Split(_text.ToString()),
            });
            _text.Clear();
        }

        private void Write(ConsoleChannel stream, string text)
        {
            text = _textLimit.Take(text);
            if (text.Length == 0)
                return;
            if (stream != _channel)
                EndText();
            _channel = stream;
            _text.Append(text);
            text = _reportLimit.Take(text);
            if (text.Length > 0)
                report.Text(stream, text);
        }

        private static JsonObject Rich(string type, MimeBundle bundle)
            => new() { ["data"] = bundle.ToJson(), ["metadata"] = new JsonObject(), ["output_type"] = type };

        private void Add(JsonObject output)
        {
            EndText();
            cell.Outputs.Add((JsonNode)output);
        }

        private void Do(Action record)
        {
            lock (recorder._gate)
            {
                if (!recorder._closed)
                    record();
            }
        }
    }
}
