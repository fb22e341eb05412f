<?php

/** $body are the bytes as they arrived: file_get_contents('php://input'). */
function isFromNexudus(string $body, ?string $signature, string $secret): bool
{
    $given = strtoupper($signature ?? '');
    // the documented routine signs a "?" for each UTF-16 unit beyond ASCII, so that form is good, too
    $substituted = preg_replace(
        ['/[\x{10000}-\x{10FFFF}]/u', '/[^\x00-\x7F]/u'],
        ['??', '?'],
        $body
    ) ?? $body;
    $isExact = hash_equals(strtoupper(hash_hmac('sha256', $body, $secret)), $given);
    $isSubstituted = hash_equals(strtoupper(hash_hmac('sha256', $substituted, $secret)), $given);
    return $isExact || $isSubstituted;
}
