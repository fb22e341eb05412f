using System;
using System.Security.Cryptography;
using System.Text;

public static class NexudusSignature
{
    /// <summary>The body is the bytes as they arrived, before anything parses them.</summary>
    public static bool IsFromNexudus(byte[] body, string signature, string secret)
    {
        using (var hmac = new HMACSHA256(Encoding.ASCII.GetBytes(secret)))
        {
            var expected = BitConverter.ToString(hmac.ComputeHash(body)).Replace("-", "");
            var given = (signature ?? "").ToUpperInvariant();
            if (given.Length != expected.Length) return false;

            // compared to the end, whatever differs, so that the time tells nothing
            var difference = 0;
            for (var at = 0; at < expected.Length; at++) difference |= given[at] ^ expected[at];
            return difference == 0;
        }
    }
}
