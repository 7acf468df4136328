using System.Runtime.InteropServices;

namespace ReviewConsole.Core.Store;

/// <summary>
/// fsync of a folder, so that a rename in it survives a power cut. .NET refuses to open a folder as a file, hence the three C calls. Windows has no such
/// notion (NTFS journals the rename), so nothing happens there.
/// </summary>
internal static class DirectorySync
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw Failed("open", folder);
        }

        try
        {
            if (Fsync(descriptor) != 0)
            {
                throw Failed("fsync", folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string call, string folder) =>
        new($"Cannot {call} the folder {folder}: {Marshal.GetLastPInvokeErrorMessage()}");

    // open(2) with O_RDONLY, which is 0 on every Unix that .NET runs on.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
