namespace ReviewConsole.Core.Store;

/// <summary>One write on its way through the Writer.</summary>
internal abstract class WriterJob
{
    public abstract void Run(WriteScope scope);

    /// <summary>This write threw; it is told so after the commit, when its savepoint is certainly undone.</summary>
    public abstract void Spoil(Exception e);

    public abstract void Answer();

    public abstract void Fail(Exception e);
}

internal sealed class WriterJob<T>(Func<WriteScope, T> write) : WriterJob
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _spoiled;

    public Task<T> Task => _completion.Task;

    public override void Run(WriteScope scope) => _result = write(scope);

    public override void Spoil(Exception e) => _spoiled = e;

    public override void Answer()
    {
        if (_spoiled is null)
        {
            _completion.SetResult(_result!);
        }
        else
        {
            _completion.SetException(_spoiled);
        }
    }

    public override void Fail(Exception e) => _completion.SetException(e);
}
