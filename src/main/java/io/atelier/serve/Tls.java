package io.atelier.serve;

import java.nio.file.Path;

/**
 * A certificate with its key, for HTTPS.
 *
 * @param keystore a PKCS#12 or JKS file
 * @param password of it
 */
public record Tls(Path keystore, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "Tls[" + keystore + "]";
    }
}
