#!/bin/sh
# Prints the home of a JDK that can build and run Fluvial: 25.0.3 or later. JAVA_HOME comes first, then the javac on
# PATH, then the usual places. mvnw and ./fluvial call it, so that an older default java does not matter.
# Versions are read from the JDK's "release" file: no JVM is started, the answer takes a few milliseconds.

# major [minor [patch]] of the JDK at $1 is at least 25.0.3
suitable() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    [ "$key" = JAVA_VERSION ] && break
    value=
  done <"$1/release"
  value=${value#\"}
  value=${value%%[!0-9.]*}
  IFS=. read -r major minor patch rest <<EOF
${value:-0}
EOF
  [ "$major" -gt 25 ] && return 0
  [ "$major" -eq 25 ] || return 1
  [ "${minor:-0}" -gt 0 ] || [ "${patch:-0}" -ge 3 ]
}

found() {
  printf '%s\n' "$1"
  exit 0
}

if [ -n "${JAVA_HOME-}" ] && suitable "$JAVA_HOME"; then
  found "$JAVA_HOME"
fi

if javac=$(command -v javac 2>/dev/null); then
  home=$(readlink -f "$javac" 2>/dev/null || printf %s "$javac")
  home=${home%/*/*}
  suitable "$home" && found "$home"
fi

for home in \
  /usr/lib/jvm/* \
  "${HOME-}"/.sdkman/candidates/java/* \
  "${HOME-}"/.jdks/* \
  "${HOME-}"/.asdf/installs/java/* \
  "${HOME-}"/.local/share/mise/installs/java/* \
  /opt/* /opt/java/* /usr/java/* /usr/local/java/* \
  /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
  /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
  /Library/Java/JavaVirtualMachines/*/Contents/Home \
  "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
  suitable "$home" && found "$home"
done

echo "Fluvial needs a JDK 25.0.3 or later and found none: install one (for example from https://adoptium.net) or set JAVA_HOME." >&2
exit 1
