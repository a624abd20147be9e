@echo off
rem Builds what is not built yet (tools/prepare.cs) and starts the command line (lib/NotebookHost). Needs the .NET SDK and nothing else.
setlocal
set "root=%~dp0"
set "page=%~1"
rem for treats ? as a wildcard, so -? is compared here; below, the command line handles it
if "%~1"=="-?" (set "page=") else for %%h in (-h --help) do if "%~1"=="%%h" set "page="
if not defined page type "%root%tools\help\nb.txt" && exit /b 0
for %%h in (-h --help) do if "%~2"=="%%h" if not "%page%"=="bench" if not "%page%"=="board" if exist "%root%tools\help\%page%.txt" type "%root%tools\help\%page%.txt" && exit /b 0
where /q dotnet || goto missing
set "DOTNET_NOLOGO=1" & set "DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK=1"
if not defined DOTNET_SYSTEM_GLOBALIZATION_INVARIANT set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
if not exist "%root%artifacts\.built" if exist "%root%tools\help\%~1.txt" echo nb: the first start restores packages (libtorch: about 200 MB) and builds. This takes two to five minutes; later starts take about a second. 1>&2
dotnet run --file "%root%tools\prepare.cs" -- %* <nul && goto start
set code=%errorlevel%
cd /d "%root%"
dotnet --version >nul 2>nul && exit /b %code%
:missing
echo nb: the .NET SDK 10 is missing. Install it from https://dotnet.microsoft.com/download, then run nb again. 1>&2
exit /b 3
:start
dotnet "%root%artifacts\nb\NotebookHost.dll" %*
exit /b %errorlevel%
