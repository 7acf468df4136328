using System.Net.Sockets;
using System.Text;

namespace ReviewConsole.Hosting.Control;

/// <summary>
/// The address of a data folder's control socket. The system allows about a hundred bytes for it and a folder's path may be longer; then the socket is
/// reached through a short link that lives only while the address is used. The socket itself always lies in the folder.
/// </summary>
internal sealed class ControlAddress : IDisposable
{
    private const int Longest = 100;
    private readonly string? _link;

    private ControlAddress(string path, string? link)
    {
        EndPoint = new UnixDomainSocketEndPoint(path);
        _link = link;
    }

    public UnixDomainSocketEndPoint EndPoint { get; }

    public static ControlAddress Of(DataFolder data, TimeProvider time)
    {
        var path = data.ControlSocket;
        if (Encoding.UTF8.GetByteCount(path) <= Longest)
        {
            return new ControlAddress(path, link: null);
        }

        var link = Path.Join(Path.GetTempPath(), "rc-" + Guid.CreateVersion7(time.GetUtcNow()).ToString("N", System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateSymbolicLink(link, data.Path);
        return new ControlAddress(Path.Join(link, Path.GetFileName(path)), link);
    }

    public void Dispose()
    {
        if (_link is not null)
        {
            Directory.Delete(_link);
        }
    }
}
