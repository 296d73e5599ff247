package io.atelier.serve.load;

/**
 * What a server answered.
 *
 * @param status of HTTP
 * @param body as text
 * @param closes whether the server closes the connection then
 * @param nanos from the request's first byte to the answer's last
 */
record Answer(int status, String body, boolean closes, long nanos) {}
