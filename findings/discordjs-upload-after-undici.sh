#!/usr/bin/env bash
# discord.js 14.28.1 (its REST client uses undici 6.x) cannot send a file when undici 7.30.2 was loaded first in the same
# process; a request without a file works.
#
# Both versions of undici keep their agent for the process under one global symbol, and whoever is loaded first sets it. The
# REST client turns files into a FormData of its own undici 6 and hands the stream to that agent, which is undici 7's: it
# reads the stream by the inner methods of its own version.
#
# Seen on Node 20.20.2:
#   discord.js alone:          message ok, file ok (multipart/form-data)
#   undici 7.30.2 loaded first: message ok, file: TypeError: action is not a function
#
# A bot that uses a newer undici besides discord.js has to load discord.js first, or give REST an agent of undici 6.
# Exits with 1 when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"type":"module","private":true}' >package.json
npm install --no-audit --no-fund --silent discord.js@14.28.1 newer@npm:undici@7.30.2

cat >upload.mjs <<'JS'
import { createServer } from "node:http";
import { once } from "node:events";

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.setHeader("content-type", "application/json");
    response.end("{}");
  });
});
await once(server.listen(0, "127.0.0.1"), "listening");
if (process.argv[2] === "newer-first") await import("newer");
const { REST } = await import("discord.js");
const rest = new REST({ api: `http://127.0.0.1:${server.address().port}/api`, retries: 0 }).setToken("token");
const outcome = (request) => request.then(() => "ok", (error) => `${error.name}: ${error.message}`);
const body = { content: "hello" };
const file = { name: "picture.png", data: Buffer.alloc(1_000) };
console.log("message", await outcome(rest.post("/channels/1/messages", { body })));
console.log("file", await outcome(rest.post("/channels/1/messages", { body, files: [file] })));
process.exit(0);
JS

alone=$(node upload.mjs)
mixed=$(node upload.mjs newer-first)
printf 'node %s\n-- discord.js alone\n%s\n-- undici 7.30.2 loaded first\n%s\n' "$(node --version)" "$alone" "$mixed"
[ "$alone" = $'message ok\nfile ok' ] && [ "$mixed" = $'message ok\nfile TypeError: action is not a function' ]
