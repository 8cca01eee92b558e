<?php
// A shop's backend in plain PHP. Run: php -S 127.0.0.1:3000 index.php
// with PROJECT_ID, SECRET_KEY, GATE_URL and PUBLIC_URL in the environment.

declare(strict_types=1);

require __DIR__ . '/signer.php';

const SUM = ['amount' => 1840, 'currency' => 'EUR'];
const FINAL_STATES = ['success', 'decline', 'error', 'canceled', 'cancelled'];
const FOLDERS = ['/checkout/' => __DIR__ . '/../../element/dist', '/' => __DIR__ . '/../plain'];
const TYPES = [
    'html' => 'text/html', 'js' => 'text/javascript', 'css' => 'text/css',
    'wasm' => 'application/wasm', 'svg' => 'image/svg+xml',
];

/** Checkouts, one file each. A real shop keeps them in its database. */
function file_of(string $name): string
{
    $folder = getenv('DATA') ?: sys_get_temp_dir() . '/wechat-checkout-php';
    is_dir($folder) || mkdir($folder, 0700, true);
    return $folder . '/' . hash('sha256', $name) . '.json';
}

function load(string $name): ?array
{
    $text = @file_get_contents(file_of($name));
    return $text === false ? null : json_decode($text, true);
}

function store(string $name, array $value): void
{
    file_put_contents(file_of($name), json_encode($value), LOCK_EX);
}

/** ECommPay's callback without what is not the browser's business, and what the shop adds. */
function document(array $checkout): array
{
    $told = $checkout['state'];
    $document = [
        'payment' => ($told['payment'] ?? []) + ['id' => $checkout['payment_id'], 'status' => 'processing', 'sum' => SUM],
        'checkout' => [
            'revision' => $checkout['revision'],
            'payee' => 'Camellia Tea',
            'links' => ['status' => "/api/checkouts/{$checkout['token']}"],
        ],
    ];
    foreach (['operation', 'display_data', 'clarification_fields'] as $part) {
        if (isset($told[$part])) {
            $document[$part] = $told[$part];
        }
    }
    return $document;
}

function sale(): array
{
    $token = rtrim(strtr(base64_encode(random_bytes(16)), '+/', '-_'), '=');
    $id = 'tea-' . bin2hex(random_bytes(6));
    $body = [
        'general' => ['project_id' => (int) getenv('PROJECT_ID'), 'payment_id' => $id, 'merchant_callback_url' => getenv('PUBLIC_URL') . '/callbacks'],
        'customer' => ['id' => "guest-$id", 'ip_address' => $_SERVER['REMOTE_ADDR']],
        'payment' => SUM + ['description' => 'Two tins of Longjing'],
    ];
    $body['general']['signature'] = signature($body, getenv('SECRET_KEY'));
    $checkout = ['token' => $token, 'payment_id' => $id, 'revision' => 0, 'state' => []];
    store($token, $checkout);
    store("payment $id", ['token' => $token]);
    $request = ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => json_encode($body), 'timeout' => 20];
    $answer = @file_get_contents(getenv('GATE_URL') . '/v2/payment/wallet/wechat/sale', false, stream_context_create(['http' => $request]));
    if ($answer === false) {
        throw new RuntimeException('ECommPay refused the payment');
    }
    return $checkout;
}

/** Callbacks come doubled and out of order; what is final stays, and the code of an earlier one is kept. */
function take_callback(array $told): void
{
    $token = load('payment ' . ($told['payment']['id'] ?? ''))['token'] ?? null;
    if ($token === null) {
        return;
    }
    $checkout = load($token);
    $known = $checkout['state'];
    $was = $known['payment']['status'] ?? '';
    $is = $told['payment']['status'] ?? '';
    if (in_array($was, FINAL_STATES, true) && $is !== 'success' && !preg_match('/refunded|reversed/', $is)) {
        return;
    }
    if (!isset($told['display_data']) && isset($known['display_data']) && !in_array($is, FINAL_STATES, true)) {
        $told['display_data'] = $known['display_data'];
    }
    store($token, ['state' => $told, 'revision' => $checkout['revision'] + 1] + $checkout);
}

function answer(int $status, ?array $json = null): void
{
    http_response_code($status);
    header('Content-Type: application/json');
    header('Cache-Control: no-store');
    echo $json === null ? '' : json_encode($json, JSON_UNESCAPED_SLASHES);
}

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$call = $_SERVER['REQUEST_METHOD'] . ' ' . $path;
header("Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    . "connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'");

if ($call === 'POST /api/checkouts') {
    $checkout = sale();
    header("Location: /api/checkouts/{$checkout['token']}");
    answer(201, document($checkout));
} elseif (preg_match('#^GET /api/checkouts/([\w-]{20,})$#', $call, $found)) {
    $checkout = load($found[1]);
    $checkout === null ? answer(404) : answer(200, document($checkout));
} elseif ($call === 'POST /callbacks') {
    $told = json_decode(file_get_contents('php://input'), true);
    if (!is_array($told) || !is_signed($told, getenv('SECRET_KEY'))) {
        answer(400);
        return;
    }
    unset($told['signature']);
    take_callback($told);
    answer(200);
} else {
    foreach (FOLDERS as $prefix => $folder) {
        if (str_starts_with($path, $prefix)) {
            break;
        }
    }
    $file = realpath("$folder/" . ($path === '/' ? 'index.html' : substr($path, strlen($prefix))));
    if ($file === false || !is_file($file) || !str_starts_with($file, realpath($folder) . '/')) {
        http_response_code(404);
        return;
    }
    header('Content-Type: ' . (TYPES[pathinfo($file, PATHINFO_EXTENSION)] ?? 'text/plain'));
    readfile($file);
}
