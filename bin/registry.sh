# Sourced by preflight.sh: can npm get packages? It is asked itself, for one that is needed, so that its registry, proxy,
# certificates and passwords count as they will. Tells `lacks` what is wrong, in words.

# Longer than a slow answer takes, shorter than anybody's patience.
registry_limit=10

need_registry() {
  wanted=node-linux-$pacd_arch
  wanted=$wanted@$(sed -n "s/.*\"$wanted\": \"\(.*\)\".*/\1/p" "$pacd_root/package.json")
  # With a cache of its own: from the one that there is, npm answers where nobody else does.
  ask_npm --cache="$work/cache" && return
  status=$?
  code=$(sed -n 's/^npm \(ERR!\|error\) code //p' "$work/registry" | head -n 1)
  [ "$status" != 124 ] || code=ETIMEDOUT
  registry=$(without_password "$(npm_config registry)")
  registry_words "$code"
}

ask_npm() { # OPTION
  if command -v timeout >/dev/null; then set -- timeout --foreground "$registry_limit" npm "$@"; else set -- npm "$@"; fi
  (cd "$pacd_root" && "$@" view "$wanted" version --fetch-retries=0 --loglevel=error >/dev/null 2>"$work/registry" </dev/null)
}

# Where nobody answers, what npm's cache holds may do: an install that was made ready for a host without a network.
nobody_answers() {
  npm cache ls 2>/dev/null >"$work/cached" || :
  if grep -q "/${wanted%@*}-${wanted#*@}\.tgz\$" "$work/cached"; then
    offline=yes
    note "$@ npm goes on with what its cache has, $(npm_config cache)."
  else
    lacks "$@"
  fi
}

# Tells `lacks` what an error code of npm means.
registry_words() { # CODE
  through=$(proxy_in_use)
  known="npm's registry${registry:+ $registry}"
  # Only of use where nothing answered.
  no_proxy_hint="Where this network has a proxy, name it: \`export https_proxy=http://HOST:PORT\` (behind sudo, which drops it)."
  way=${through:-$no_proxy_hint}
  case $1 in
    ENOTFOUND | EAI_AGAIN)
      nobody_answers "$known: a name is not found ($1). Does DNS work (/etc/resolv.conf)? $way"
      ;;
    ETIMEDOUT | ERR_SOCKET_TIMEOUT | ESOCKETTIMEDOUT | EIDLETIMEOUT)
      nobody_answers "$known: no answer in $registry_limit s ($1). Does a firewall keep this host from it? $way"
      ;;
    ECONNREFUSED | ECONNRESET | EHOSTUNREACH | ENETUNREACH | EPIPE | EADDRNOTAVAIL)
      nobody_answers "$known: it cannot be reached ($1). $way"
      ;;
    CERT_HAS_EXPIRED | CERT_NOT_YET_VALID)
      lacks "$known with a certificate that is valid now ($1): this host's clock says $(date -u '+%Y-%m-%d %H:%M UTC')." \
        "$through"
      ;;
    *SELF_SIGNED* | *ISSUER_CERT* | UNABLE_TO_VERIFY* | CERT_UNTRUSTED | CERT_SIGNATURE_FAILURE)
      lacks "trust in the certificate of $known ($1). Where it, or a proxy on the way, has one of your own authority, name" \
        "that: \`npm config set cafile /PATH/ca.pem\`, or NODE_EXTRA_CA_CERTS=/PATH/ca.pem before the command (behind" \
        "sudo, which drops it). $through"
      [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -d /etc/pki ] || wants certificates
      ;;
    ERR_TLS_CERT_ALTNAME_INVALID)
      lacks "$known with a certificate of its own name ($1): something else answers there. $through"
      ;;
    EPROTO | ERR_SSL_*)
      lacks "$known by TLS ($1): it, or the proxy, speaks something else. http instead of https? $through"
      ;;
    E401 | E403 | E407)
      lacks "the right to read from $known ($1): see \`npm login\` and _authToken in .npmrc. $through"
      ;;
    E404 | ETARGET)
      lacks "$wanted in $known ($1): a mirror has to have it. $through"
      ;;
    ENOTCACHED)
      lacks "$known: npm is set to offline (\`npm config get offline\`), and its cache lacks $wanted."
      ;;
    *)
      lacks "$known. npm says: $(sed -n 's/^npm \(ERR!\|error\) //p' "$work/registry" | grep -v '^code ' | head -n 1) $through"
      ;;
  esac
}

# Through which proxy npm goes, and who said so.
proxy_in_use() {
  for name in https_proxy HTTPS_PROXY http_proxy HTTP_PROXY; do
    eval "proxy=\${$name:-}"
    [ -z "$proxy" ] || break
  done
  for key in https-proxy proxy; do
    set_in_npm=$(npm_config "$key")
    case $set_in_npm in
      '' | null | undefined | false | "$proxy") ;;
      *) name="npm config get $key" && proxy=$set_in_npm && break ;;
    esac
  done
  [ -z "$proxy" ] || echo "npm goes through the proxy $(without_password "$proxy") ($name)."
}

npm_config() { (cd "$pacd_root" && npm config get "$1" --loglevel=silent 2>/dev/null || :); }
without_password() { echo "$1" | sed 's|//[^/@]*@|//|'; }
