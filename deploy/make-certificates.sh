#!/usr/bin/env bash
# Makes certificates for development, tests and a first trial in a plant.
#
#   deploy/make-certificates.sh DIR NAME...
#
# DIR/ca.crt and DIR/ca.key: an authority, made once.
# DIR/NAME.crt and DIR/NAME.key: for each name. The name is the identity: the broker's
# access list and the receiver both go by the certificate's common name. The certificates also
# name localhost and its addresses, so that a broker or a receiver on this machine can be
# reached by them.
#
# What exists is kept: run it again to add names. DAYS sets the validity (default 825, the
# longest that common TLS clients accept). For production keep ca.key off the plant's machines.
set -euo pipefail

if [ $# -lt 2 ]; then
    echo "usage: make-certificates.sh DIR NAME...   (DAYS=825 in the environment)" >&2
    exit 2
fi
command -v openssl >/dev/null || {
    echo "make-certificates.sh: openssl is missing; apt install openssl" >&2
    exit 1
}

directory=$1
shift
days=${DAYS:-825}
mkdir -p "$directory"
umask 077 # private keys are born mode 0600

# Each file appears whole or not at all: it is made under another name, then renamed.
scratch=$(mktemp -d "$directory/.new-XXXXXX")
trap 'rm -rf "$scratch"' EXIT

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

if [ ! -e "$directory/ca.crt" ] || [ ! -e "$directory/ca.key" ]; then
    new_key "$scratch/ca.key"
    openssl req -x509 -new -sha256 -key "$scratch/ca.key" -days "$days" \
        -subj "/O=Tidegate/CN=Tidegate development authority" \
        -addext "basicConstraints=critical,CA:true,pathlen:0" \
        -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -out "$scratch/ca.crt"
    chmod 0644 "$scratch/ca.crt"
    mv "$scratch/ca.key" "$scratch/ca.crt" "$directory/"
fi

for name in "$@"; do
    case $name in
        '' | ca | *[!A-Za-z0-9._-]*)
            echo "make-certificates.sh: '$name' is no name for a certificate;" \
                "use letters, digits, '.', '_' and '-', and not 'ca'" >&2
            exit 2
            ;;
    esac
    if [ -e "$directory/$name.crt" ] && [ -e "$directory/$name.key" ]; then continue; fi
    cat >"$scratch/extensions" <<EXTENSIONS
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth,clientAuth
subjectAltName = DNS:$name,DNS:localhost,IP:127.0.0.1,IP:::1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
EXTENSIONS
    new_key "$scratch/$name.key"
    openssl req -new -sha256 -key "$scratch/$name.key" -subj "/CN=$name" \
        -out "$scratch/request"
    openssl x509 -req -sha256 -in "$scratch/request" -days "$days" \
        -CA "$directory/ca.crt" -CAkey "$directory/ca.key" \
        -set_serial "0x$(openssl rand -hex 16)" \
        -extfile "$scratch/extensions" -out "$scratch/$name.crt" 2>"$scratch/said" || {
        cat "$scratch/said" >&2
        exit 1
    }
    chmod 0644 "$scratch/$name.crt"
    mv "$scratch/$name.key" "$scratch/$name.crt" "$directory/"
done
