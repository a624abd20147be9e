"""What torch.utils.tensorboard imports of the package tensorboard, which Debian lacks: its messages, by their published field numbers, and a
writer of records. PyTorch's own code decides what is written; Google's protobuf encodes it."""
import importlib.abc
import importlib.machinery
import struct
import sys
import time
import types

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, struct_pb2

# message: fields as "name number type", * for repeated
MESSAGES = {
    "Dim": "size 1 int64, name 2 string",
    "TensorShapeProto": "dim 2 *Dim",
    "TensorProto": "dtype 1 DataType, tensor_shape 2 TensorShapeProto, tensor_content 4 bytes, float_val 5 *float, string_val 8 *bytes",
    "ListValue": "s 2 *bytes, i 3 *int64, f 4 *float, b 5 *bool, shape 7 *TensorShapeProto",
    "AttrValue": "list 1 ListValue, s 2 bytes, i 3 int64, f 4 float, b 5 bool, type 6 DataType, shape 7 TensorShapeProto",
    "AttrEntry": "key 1 string, value 2 AttrValue",
    "NodeDef": "name 1 string, op 2 string, input 3 *string, device 4 string, attr 5 *AttrEntry",
    "VersionDef": "producer 1 int32",
    "GraphDef": "node 1 *NodeDef, versions 4 VersionDef",
    "DeviceStepStats": "device 1 string",
    "StepStats": "dev_stats 1 *DeviceStepStats",
    "RunMetadata": "step_stats 1 StepStats",
    "PluginData": "plugin_name 1 string, content 2 bytes",
    "SummaryMetadata": "plugin_data 1 PluginData, display_name 2 string, summary_description 3 string",
    "HistogramProto": "min 1 double, max 2 double, num 3 double, sum 4 double, sum_squares 5 double, bucket_limit 6 *double, bucket 7 *double",
    "Image": "height 1 int32, width 2 int32, colorspace 3 int32, encoded_image_string 4 bytes",
    "Value": "tag 1 string, simple_value 2 float, image 4 Image, histo 5 HistogramProto, node_name 7 string, tensor 8 TensorProto, metadata 9 SummaryMetadata",
    "Summary": "value 1 *Value",
    "TaggedRunMetadata": "tag 1 string, run_metadata 2 bytes",
    "SessionLog": "status 1 int32",
    "Event": "wall_time 1 double, step 2 int64, file_version 3 string, graph_def 4 bytes, summary 5 Summary, session_log 7 SessionLog, "
             "tagged_run_metadata 8 TaggedRunMetadata",
    "TextPluginData": "version 1 int32",
    "HParamInfo": "name 1 string, type 4 int32, domain_discrete 5 .google.protobuf.ListValue",
    "MetricName": "group 1 string, tag 2 string",
    "MetricInfo": "name 1 MetricName",
    "Experiment": "hparam_infos 4 *HParamInfo, metric_infos 5 *MetricInfo",
    "SettingEntry": "key 1 string, value 2 .google.protobuf.Value",
    "SessionStartInfo": "hparams 1 *SettingEntry",
    "SessionEndInfo": "status 1 int32",
    "HParamsPluginData": "version 1 int32, experiment 2 Experiment, session_start_info 3 SessionStartInfo, session_end_info 4 SessionEndInfo",
}
MAPS = {"AttrEntry": ("NodeDef", "attr"), "SettingEntry": ("SessionStartInfo", "hparams")}
DATA_TYPES = {"DT_INVALID": 0, "DT_FLOAT": 1, "DT_STRING": 7}


def build():
    file = descriptor_pb2.FileDescriptorProto(name="stand_in.proto", package="board", syntax="proto3", dependency=["google/protobuf/struct.proto"])
    types_ = file.enum_type.add(name="DataType")
    for name, number in DATA_TYPES.items():
        types_.value.add(name=name, number=number)
    parsed = {}
    for message, fields in MESSAGES.items():
        if message in MAPS:
            owner, field = MAPS[message]
            # a map is a repeated message within its owner, named after the field
            parsed[message] = f".board.{owner}.{field.capitalize()}Entry"
    owners = {}
    for message, fields in MESSAGES.items():
        if message in MAPS:
            continue
        owners[message] = file.message_type.add(name=message)
        fill(owners[message], fields, parsed)
    for message, (owner, field) in MAPS.items():
        entry = owners[owner].nested_type.add(name=f"{field.capitalize()}Entry")
        entry.options.map_entry = True
        fill(entry, MESSAGES[message], parsed)
    pool = descriptor_pool.Default()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    return {name: factory.GetPrototype(pool.FindMessageTypeByName(f"board.{name}")) for name in owners}


def fill(message, fields, renamed):
    for field in fields.split(", "):
        name, number, kind = field.split(" ")
        repeated, kind = kind.startswith("*"), kind.lstrip("*")
        added = message.field.add(name=name, number=int(number), label=3 if repeated else 1)
        scalars = {"double": 1, "float": 2, "int64": 3, "int32": 5, "bool": 8, "string": 9, "bytes": 12}
        if kind in scalars:
            added.type = scalars[kind]
        else:
            added.type = 14 if kind == "DataType" else 11
            added.type_name = renamed.get(kind, kind if kind.startswith(".") else f".board.{kind}")


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


class EventFileWriter:
    def __init__(self, logdir, max_queue_size=10, flush_secs=120, filename_suffix=""):
        import os
        os.makedirs(logdir, exist_ok=True)
        self.logdir = logdir
        self.file = open(os.path.join(logdir, f"events.out.tfevents.{int(time.time())}.pytorch{filename_suffix}"), "wb")
        self.add_event(messages["Event"](wall_time=time.time(), file_version="brain.Event:2"))

    def get_logdir(self):
        return self.logdir

    def add_event(self, event):
        data = event.SerializeToString()
        header = struct.pack("<Q", len(data))
        self.file.write(header + struct.pack("<I", masked_crc(header)) + data + struct.pack("<I", masked_crc(data)))

    def flush(self):
        self.file.flush()

    close = flush


class Numbers:
    """An enum, as PyTorch asks for its values."""
    def Value(self, name):
        return {"DATA_TYPE_STRING": 1, "DATA_TYPE_BOOL": 2, "DATA_TYPE_FLOAT64": 3, "STATUS_SUCCESS": 1}[name]


messages = build()
messages["TensorShapeProto"].Dim = messages["Dim"]
messages["Summary"].Value = messages["Value"]
messages["Summary"].Image = messages["Image"]
messages["SummaryMetadata"].PluginData = messages["PluginData"]
messages["AttrValue"].ListValue = messages["ListValue"]
KNOWN = {
    **messages,
    "EventFileWriter": EventFileWriter,
    "DataType": Numbers(),
    "Status": Numbers(),
    "PLUGIN_NAME": "hparams",
    "PLUGIN_DATA_VERSION": 0,
    "EXPERIMENT_TAG": "_hparams_/experiment",
    "SESSION_START_INFO_TAG": "_hparams_/session_start_info",
    "SESSION_END_INFO_TAG": "_hparams_/session_end_info",
    "__version__": "2.0.0",
}


class Module(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        # what is asked for but not used, as the projector's messages
        return KNOWN.get(name, type(name, (), {})) if not name.startswith("__") or name in KNOWN else super().__getattribute__(name)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if name.split(".")[0] == "tensorboard" else None

    def create_module(self, spec):
        return Module(spec.name)

    def exec_module(self, module):
        module.__version__ = KNOWN["__version__"]


def install():
    sys.meta_path.insert(0, Finder())
