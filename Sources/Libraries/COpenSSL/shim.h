#pragma once
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// OpenSSL's macros, as functions that Swift can see.

static inline int tg_ctx_require_tls13(SSL_CTX *ctx) {
    return SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
}

static inline void tg_ctx_read_ahead(SSL_CTX *ctx) { SSL_CTX_set_read_ahead(ctx, 1); }

static inline void tg_bio_flush(BIO *bio) { (void)BIO_flush(bio); }

static inline size_t tg_bio_pending_write(BIO *bio) { return BIO_wpending(bio); }

static inline int tg_bio_buffer_size(BIO *bio, long size) {
    return (int)BIO_set_write_buffer_size(bio, size);
}

// The reason of the newest error in this thread's queue, which is emptied.
static inline void tg_error(char *text, size_t size) {
    unsigned long code = ERR_peek_last_error();
    if (code == 0) { text[0] = 0; return; }
    const char *reason = ERR_reason_error_string(code);
    if (reason) { strncpy(text, reason, size - 1); text[size - 1] = 0; }
    else { ERR_error_string_n(code, text, size); }
    ERR_clear_error();
}
