<?php
// Checks the signer against every published vector: php vectors.php FILE

require __DIR__ . '/signer.php';

$vectors = json_decode(file_get_contents($argv[1]), true);
foreach ($vectors as $vector) {
    if (signature($vector['data'], $vector['secret']) !== $vector['signature']) {
        fwrite(STDERR, "wrong: {$vector['name']}\n");
        exit(1);
    }
}
echo count($vectors), " signatures are right\n";
