import type { Clock } from "../../clock.js";
import { type Account, findAccountById } from "../world/accounts.js";
import type { World } from "../world/world.js";
import { REGIONS } from "../world/regions.js";
import { type Answer, type GameRequest, Problem, header, json } from "./answer.js";
import type { Applications } from "./applications.js";
import type { Budget } from "./budget.js";
import { ROUTES, type Route, type RouteContext } from "./routes.js";
import type { Times } from "./times.js";
import type { Tokens } from "./tokens.js";

/** A player's token has a budget of its own. */
const USER_LIMIT = 50;

export interface GameApiParts {
  readonly world: World;
  /** The world's time. */
  readonly time: Pick<Clock, "now">;
  readonly tokens: Tokens;
  readonly applications: Applications;
  readonly budget: Budget;
  readonly times: Times;
}

/** Who asks, and how much they may. */
interface Caller {
  readonly budgetKey: string;
  readonly limit: number;
  readonly account?: Account;
}

/** The game's API: who may ask what how often, and the error bodies. */
export class GameApi {
  readonly #parts: GameApiParts;

  constructor(parts: GameApiParts) {
    this.#parts = parts;
  }

  answer(request: GameRequest): Answer {
    if (request.method === "GET" && request.path === "/regions") {
      return json(
        200,
        REGIONS.map(({ id, name }) => ({ id, name })),
      );
    }
    const found = findRoute(request);
    if (found === undefined) return new Problem(404, "Not found").toAnswer();

    const caller = this.#identify(request);
    if (caller === undefined) return new Problem(401, "Unauthorized").toAnswer();

    const { allowed, headers } = this.#parts.budget.charge(caller.budgetKey, caller.limit, found.route.cost);
    const answer = allowed ? this.#run(found, request, caller) : new Problem(429, "Rate limit exceeded").toAnswer();
    return { ...answer, headers: { ...answer.headers, ...headers }, cost: allowed ? found.route.cost : 0 };
  }

  /** The player whose token the request has. */
  loginOf(request: GameRequest): string | undefined {
    return this.#identify(request)?.account?.login;
  }

  #run({ route, values }: FoundRoute, request: GameRequest, caller: Caller): Answer {
    const { world, time, times } = this.#parts;
    const context: RouteContext = {
      world,
      times,
      now: time.now(),
      query: request.query,
      ...(caller.account === undefined ? {} : { account: caller.account }),
    };
    try {
      return route.run(context, values);
    } catch (error) {
      if (error instanceof Problem) return error.toAnswer();
      throw error;
    }
  }

  /** By token, or by client id and secret. */
  #identify(request: GameRequest): Caller | undefined {
    const bearer = /^Bearer (\S+)$/i.exec(header(request, "authorization") ?? "")?.[1];
    const { tokens, applications } = this.#parts;
    if (bearer === undefined) {
      const application = applications.identify(header(request, "client-id"), header(request, "client-secret"));
      return application && { budgetKey: application.clientId, limit: application.limitPerMinute };
    }
    const claims = tokens.check(bearer, "access");
    const application = claims && applications.find(claims.aud);
    if (application === undefined) return undefined;
    if (claims?.sub === undefined) return { budgetKey: application.clientId, limit: application.limitPerMinute };
    const account = findAccountById(claims.sub);
    return account && { budgetKey: claims.jti, limit: USER_LIMIT, account };
  }
}

interface FoundRoute {
  readonly route: Route;
  readonly values: readonly string[];
}

function findRoute({ method, path }: GameRequest): FoundRoute | undefined {
  if (method !== "GET") return undefined;
  for (const route of ROUTES) {
    const match = route.path.exec(path);
    if (match !== null) return { route, values: match.slice(1).map(decode) };
  }
  return undefined;
}

/** Percent-decodes; what cannot be decoded stays as it is and will not be found. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
