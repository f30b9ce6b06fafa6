#!/usr/bin/env bash
# The step of action.yml: `sealpost check` with the action's inputs, its status as outputs. Annotations and the summary
# of the step come from sealpost itself, which sees GITHUB_ACTIONS. Tested by test/cli/action.test.ts.
set -uo pipefail

arguments=(check)

# Adds each line of $2, patterns expanded, as a value of the option $1; without an option as an argument.
add_files() {
  local line path found
  while IFS= read -r line; do
    # Spaces around a line are how YAML was indented, not part of a path.
    line="${line#"${line%%[![:space:]]*}"}"
    line="${line%"${line##*[![:space:]]}"}"
    [ -n "$line" ] || continue
    found=no
    while IFS= read -r path; do
      found=yes
      if [ -n "$1" ]; then arguments+=("$1" "$path"); else arguments+=("$path"); fi
    done < <(compgen -G "$line")
    # What matches nothing is named as it is: sealpost says that there is no such file.
    [ "$found" = yes ] || { if [ -n "$1" ]; then arguments+=("$1" "$line"); else arguments+=("$line"); fi; }
  done <<<"$2"
}

add_value() {
  if [ -n "$2" ]; then arguments+=("$1" "$2"); fi
}

add_value --parameters "${INPUT_PARAMETERS:-}"
add_value --account "${INPUT_ACCOUNT:-}"
add_value --region "${INPUT_REGION:-}"
add_value --fail-on "${INPUT_FAIL_ON:-}"
add_value --baseline "${INPUT_BASELINE:-}"
if [ "${INPUT_ALLOW_UNKNOWN:-false}" = true ]; then arguments+=(--allow-unknown); fi
if [ -n "${INPUT_SARIF_FILE:-}" ]; then arguments+=(--output "sarif=$INPUT_SARIF_FILE"); fi
if [ -n "${INPUT_REPORT_FILE:-}" ]; then arguments+=(--output "json=$INPUT_REPORT_FILE"); fi
while IFS= read -r argument; do
  if [ -n "$argument" ]; then arguments+=("$argument"); fi
done <<<"${INPUT_ARGUMENTS:-}"
add_files --terraform-plan "${INPUT_TERRAFORM_PLANS:-}"
add_files --template "${INPUT_TEMPLATES:-}"
add_files '' "${INPUT_SETUPS:-}"

node "$GITHUB_ACTION_PATH/bin/sealpost.js" "${arguments[@]}"
status=$?

case $status in
  0) verdict=delivers ;;
  1) verdict=fails ;;
  3) verdict=unknown ;;
  *) verdict=faulty ;;
esac
{
  echo "status=$status"
  echo "verdict=$verdict"
} >>"${GITHUB_OUTPUT:-/dev/null}"
if [ "${INPUT_SOFT_FAIL:-false}" = true ]; then exit 0; fi
exit "$status"
