import { onTestFinished } from "vitest";
import { API, type APIOptions, Token, TokenType } from "../src/index.js";

export const applicationToken = new Token("app-token-3c1f", TokenType.APPLICATION);
export const userToken = new Token("user-token-9b2e", TokenType.USER);

/** A client with both tokens, closed at the end of the test. */
export function client(server: { url: string }, options: APIOptions = {}): API {
  const api = new API({ tokens: [applicationToken, userToken], server: server.url, ...options });
  onTestFinished(() => api.close());
  return api;
}
