package io.atelier.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/**
 * A certificate with its key, for HTTPS.
 *
 * @param keystore a PKCS#12 or JKS file
 * @param password of it
 */
public record Tls(Path keystore, String password) {
    /**
     * Opens the keystore.
     *
     * @throws IllegalArgumentException if it is not there, is none, or has another password
     */
    KeyStore open() {
        try {
            return KeyStore.getInstance(keystore.toFile(), password.toCharArray());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    keystore + ": the keystore cannot be opened (" + e.getMessage() + "); is it there, and its password"
                            + " right?",
                    e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Tls[" + keystore + "]";
    }
}
