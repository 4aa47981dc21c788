using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("HarEdge.BringUp")]
[assembly: AssemblyDescription("Is the MPU6050 wired right and sound?")]
[assembly: AssemblyProduct("HarEdge")]
[assembly: AssemblyCopyright("HarEdge contributors, MIT")]
[assembly: ComVisible(false)]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
