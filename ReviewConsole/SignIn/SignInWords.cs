namespace ReviewConsole.SignIn;

/// <summary>Words of the sign-in page.</summary>
internal sealed class SignInWords;
