#!/usr/bin/env bash
# The other engine: builds lib/DeepLearning on TorchSharp, TorchVision and Microsoft.Data.Analysis, themselves built from public sources.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: tests/upstream.sh [--keep DIR] [--torchsharp SOURCE] [--dataframe SOURCE] [--write]

Builds what is committed with -p:UpstreamPackages=cpu, where no package feed has TorchSharp: from its public source, without libtorch, so
that nothing runs. Where nuget.org is at hand, dotnet build lib/DeepLearning -p:UpstreamPackages=cpu is all there is to it.
Then compares what the tests know of the packages with the packages. Exit 1 if something does not build or is not as known.

  --keep DIR             where everything is made and stays; otherwise a temporary folder
  --torchsharp SOURCE    a repository or URL instead of https://github.com/dotnet/TorchSharp
  --dataframe SOURCE     a repository or URL instead of https://github.com/dotnet/machinelearning
  --write                writes anew what the tests know
TEXT
}

say() { printf 'upstream: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
torchsharp=https://github.com/dotnet/TorchSharp dataframe=https://github.com/dotnet/machinelearning
folder= write=
while [ $# -gt 0 ]; do
  case $1 in
    --keep | --torchsharp | --dataframe)
      [ $# -gt 1 ] || fail "$1 needs a value."
      case $1 in --keep) folder=$2 ;; --torchsharp) torchsharp=$2 ;; --dataframe) dataframe=$2 ;; esac
      shift
      ;;
    --write) write=1 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "there is no option '$1'." ;;
  esac
  shift
done
if [ -z "$folder" ]; then
  folder=$(mktemp -d /var/tmp/upstream.XXXXXX)
  trap 'rm -rf "$folder"' EXIT
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
case $folder/ in "$root"/*) fail "$folder lies in the repository: name a folder outside." ;; esac

# Some folders of a repository's newest commit.
take() {
  local source=$1 to=$2 path
  shift 2
  [ ! -d "$to" ] || return 0
  say "taking $* of $source"
  if ! git -C "$source" rev-parse --git-dir >/dev/null 2>&1; then
    git clone --quiet --depth 1 --filter=blob:none --no-checkout "$source" "$to.git"
    source=$to.git
    git -C "$source" sparse-checkout set "$@"
    git -C "$source" checkout --quiet
  fi
  for path in "$@"; do
    mkdir -p "$to.new/$path"
    git -C "$source" archive "HEAD:$path" | tar x -C "$to.new/$path"
  done
  mv "$to.new" "$to"
}

# A project NAME of version VERSION, with ITEMS, packed into the feed.
project() {
  mkdir -p "$folder/$1"
  cat >"$folder/$1/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><Version>$2</Version>$3</PropertyGroup>
  <ItemGroup>$4</ItemGroup>
</Project>
XML
}

build() {
  local name=$1 log=$folder/$1.log
  shift
  say "building $name"
  dotnet build --nologo --configuration Release "$@" >"$log" 2>&1 || { grep -E ': error ' "$log" | sort -u | head -20 >&2 || true; fail "$name does not build."; }
}

version() { sed -n "s/.*Include=\"$1\" Version=\"\([^\"]*\)\".*/\1/p" "$root/Directory.Packages.props"; }

take "$torchsharp" "$folder/torchsharp" src/TorchSharp src/TorchVision
take "$dataframe" "$folder/dataframe" src/Microsoft.Data.Analysis src/Microsoft.ML.DataView src/Microsoft.ML.Core/Utilities

cat >"$folder/Directory.Build.props" <<XML
<Project>
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>disable</ImplicitUsings>
    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
    <EnableDefaultItems>false</EnableDefaultItems>
    <InvariantGlobalization>true</InvariantGlobalization>
    <RunAnalyzers>false</RunAnalyzers>
    <WarningLevel>0</WarningLevel>
    <PackageOutputPath>$folder/feed</PackageOutputPath>
    <RestorePackagesPath>$folder/packages</RestorePackagesPath>
    <RestoreAdditionalProjectSources>$folder/feed</RestoreAdditionalProjectSources>
  </PropertyGroup>
</Project>
XML
rm -rf "$folder/feed" "$folder"/packages/{torchsharp*,torchvision,microsoft.data.analysis}
mkdir -p "$folder/feed"

# SkiaSharp reads and writes images, Arrow is another way in and out of a frame: neither is needed to compile against the rest
packed='<GeneratePackageOnBuild>true</GeneratePackageOnBuild>'
# the versions of libtorch and CUDA that the source wants to be told
defined=$(grep -ohE '\b(LIBTORCH|CUDA)_[0-9_]+' "$folder/torchsharp/src/TorchSharp/Torch.cs" | sort -u | paste -sd ';')
project TorchSharp "$(version TorchSharp-cpu)" "$packed<DefineConstants>\$(DefineConstants);$defined</DefineConstants>" '
    <Compile Include="../torchsharp/src/TorchSharp/**/*.cs" Exclude="../torchsharp/src/TorchSharp/netstandard.cs" />
    <Compile Include="'"$root"'/tests/upstream/SkiaSharp.cs" />
    <PackageReference Include="Google.Protobuf" Version="3.*" />
    <PackageReference Include="SharpZipLib" Version="1.*" />'
project TorchVision "$(version TorchVision)" "$packed" '
    <Compile Include="../torchsharp/src/TorchVision/**/*.cs" />
    <ProjectReference Include="../TorchSharp/TorchSharp.csproj" />'
project TorchSharp-cpu "$(version TorchSharp-cpu)" "$packed"'<IncludeBuildOutput>false</IncludeBuildOutput>' '
    <ProjectReference Include="../TorchSharp/TorchSharp.csproj" />'
frame=$folder/dataframe/src/Microsoft.Data.Analysis
perl -0pi -e 's/^using Apache\.Arrow.*?\n//mg;
  s/^ *protected internal (virtual|override) (Field GetArrowField\(\)|Apache\.Arrow\.Array ToArrowArray\([^)]*\)) =>.*\n//mg;
  s/^        (private IArrowType GetArrowType|protected internal override Apache\.Arrow\.Array ToArrowArray|public ArrowStringDataFrameColumn)[^\n]*\n        \{.*?^        \}\n//msg' \
  "$frame/DataFrameColumn.cs" "$frame/PrimitiveDataFrameColumn.cs" "$frame/DataFrameColumnCollection.cs"
project Microsoft.Data.Analysis "$(version Microsoft.Data.Analysis)" "$packed" '
    <Compile Include="../dataframe/src/**/*.cs" Exclude="../dataframe/src/**/*Arrow*.cs;../dataframe/src/Microsoft.ML.Core/**" />
    <Compile Include="../dataframe/src/Microsoft.ML.Core/Utilities/ArrayUtils.cs" />
    <EmbeddedResource Include="../dataframe/src/Microsoft.Data.Analysis/Strings.resx" LogicalName="Microsoft.Data.Analysis.Strings.resources" />
    <PackageReference Include="System.Numerics.Tensors" Version="9.*" />'
program='<OutputType>Exe</OutputType><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>'
project DataFrameFacts 1.0 "$program" '
    <Compile Include="'"$root"'/tests/upstream/DataFrameFacts.cs;'"$root"'/tests/DataFrame.Tests/Parity/Behaviours.cs" />
    <ProjectReference Include="../Microsoft.Data.Analysis/Microsoft.Data.Analysis.csproj" />'
project SharedMembers 1.0 "$program" '
    <Compile Include="'"$root"'/tests/upstream/SharedMembers.cs" />
    <PackageReference Include="System.Reflection.MetadataLoadContext" Version="10.*" />'
for name in TorchVision TorchSharp-cpu DataFrameFacts SharedMembers; do build "$name" "$folder/$name"; done

# a clone, so that nothing of this build is left where the project's own engine is built
[ -z "$(git -C "$root" status --porcelain lib)" ] || say "what is not committed in lib/ is not built"
rm -rf "$folder/notebooks"
git clone --quiet "$root" "$folder/notebooks"
# NU1603: the feed need not have the very versions of what TorchSharp itself stands on
build DeepLearning "$folder/notebooks/lib/DeepLearning" -p:UpstreamPackages=cpu -p:RestoreAdditionalProjectSources="$folder/feed" \
  -p:RestorePackagesPath="$folder/packages" -p:WarningsNotAsErrors=NU1603
say "lib/DeepLearning builds on TorchSharp $(version TorchSharp-cpu) and Microsoft.Data.Analysis $(version Microsoft.Data.Analysis)"

status=0
# Compares what a program says with a file that the tests read, or writes it there.
compare() {
  local file=$root/$1 new=$folder/$(basename "$1")
  shift
  "$@" >"$new"
  if [ -n "$write" ]; then cp "$new" "$file"; say "$file is written"; return; fi
  diff -u "$file" "$new" || { say "$file is not what the packages are: look, then run this with --write"; status=1; }
}
compare tests/DataFrame.Tests/Parity/upstream.json dotnet "$folder/DataFrameFacts/bin/Release/net10.0/DataFrameFacts.dll"
build LibTorch "$root/lib/LibTorch"
build DataFrame "$root/lib/DataFrame"
compare tests/DeepLearning.Tests/Upstream/shared-members.txt dotnet "$folder/SharedMembers/bin/Release/net10.0/SharedMembers.dll" \
  "$root/lib/LibTorch/bin/Release/net10.0/LibTorch.dll,$root/lib/DataFrame/bin/Release/net10.0/DataFrame.dll" \
  "$folder/TorchSharp/bin/Release/net10.0/TorchSharp.dll,$folder/TorchVision/bin/Release/net10.0/TorchVision.dll,$folder/Microsoft.Data.Analysis/bin/Release/net10.0/Microsoft.Data.Analysis.dll"
exit "$status"
