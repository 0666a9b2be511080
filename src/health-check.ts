// Asks the bot in this container how it is, for Docker: ends with 0 when it answers 200. An argument names another path than
// /healthz, such as /readyz.
const [path = "/healthz"] = process.argv.slice(2);
const { HTTP_PORT = "" } = process.env;
const port = HTTP_PORT.trim() === "" ? "8080" : HTTP_PORT;
const asked = fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_500) });
process.exitCode = await asked.then(
  ({ ok }) => (ok ? 0 : 1),
  () => 1,
);
