<?php
// ECommPay's signature: every member as `path:value`, in natural order, joined by `;`, HMAC-SHA512, Base64.

declare(strict_types=1);

/** Members that are never signed. */
const UNSIGNED = ['signature', 'frame_mode'];

function signature(array $body, string $secret): string
{
    $values = [];
    collect($body, '', $values);
    ksort($values, SORT_NATURAL);
    $lines = array_map(fn ($path) => "$path:$values[$path]", array_keys($values));
    return base64_encode(hash_hmac('sha512', implode(';', $lines), $secret, true));
}

function collect(array $members, string $path, array &$values): void
{
    foreach ($members as $name => $value) {
        if (in_array($name, UNSIGNED, true)) {
            continue;
        }
        $here = $path === '' ? (string) $name : "$path:$name";
        if (is_array($value)) {
            collect($value, $here, $values);
        } else {
            $values[$here] = is_bool($value) ? (string) (int) $value : (string) $value;
        }
    }
}

/** The signature of a callback, wherever it stands. */
function signature_of(array $body): ?string
{
    return $body['signature'] ?? $body['general']['signature'] ?? null;
}

function is_signed(array $body, string $secret): bool
{
    return hash_equals(signature($body, $secret), (string) signature_of($body));
}
