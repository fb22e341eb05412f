using System;
using System.Security.Cryptography;
using System.Text;

public static class NexudusSignature
{
    /// <summary>The body is the bytes as they arrived, before anything parses them.</summary>
    public static bool IsFromNexudus(byte[] body, string signature, string secret)
    {
        // the documented routine signs a "?" for each character beyond ASCII, so that form is good, too
        var substituted = Encoding.ASCII.GetBytes(Encoding.UTF8.GetString(body));
        return IsOf(body, signature, secret) | IsOf(substituted, signature, secret);
    }

    static bool IsOf(byte[] message, string signature, string secret)
    {
        using (var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret)))
        {
            var expected = BitConverter.ToString(hmac.ComputeHash(message)).Replace("-", "");
            var given = (signature ?? "").ToUpperInvariant();
            if (given.Length != expected.Length) return false;

            // compared to the end, whatever differs, so that the time tells nothing
            var difference = 0;
            for (var at = 0; at < expected.Length; at++) difference |= given[at] ^ expected[at];
            return difference == 0;
        }
    }
}
