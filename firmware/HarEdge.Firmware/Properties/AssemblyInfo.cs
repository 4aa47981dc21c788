using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("HarEdge.Firmware")]
[assembly: AssemblyDescription("Human activity recognition on an ESP32 with an MPU6050")]
[assembly: AssemblyProduct("HarEdge")]
[assembly: AssemblyCopyright("HarEdge contributors, MIT")]
[assembly: ComVisible(false)]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
