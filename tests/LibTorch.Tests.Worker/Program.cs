using TorchSharp;
using static TorchSharp.torch;

distributed.init_process_group("gloo", timeout: TimeSpan.FromSeconds(10));
using var t = tensor(new float[] { 1, 2, distributed.get_rank() });
distributed.all_reduce(t);
Console.WriteLine(string.Join(",", t.data<float>().ToArray()));
var gathered = zeros(2, 3);
distributed.all_gather_into_tensor(gathered, t);
Console.WriteLine(gathered.sum().ToSingle());
if (args.Length > 0)
{
    using var odd = zeros(distributed.get_rank() == 0 ? 10 : 20);
    distributed.all_reduce(odd);
    Console.WriteLine("odd done");
}
distributed.destroy_process_group();
