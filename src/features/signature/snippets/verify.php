<?php

/** $body are the bytes as they arrived: file_get_contents('php://input'). */
function isFromNexudus(string $body, ?string $signature, string $secret): bool
{
    $expected = strtoupper(hash_hmac('sha256', $body, $secret));
    return hash_equals($expected, strtoupper($signature ?? ''));
}
