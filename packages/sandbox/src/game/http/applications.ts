import { createHash } from "node:crypto";

/** An application registered with the simulated EXBO. */
export interface Application {
  readonly clientId: string;
  /** 40 characters, as EXBO hands them out. */
  readonly clientSecret: string;
  readonly limitPerMinute: number;
  /** Where people may be sent back to; compared exactly. */
  readonly redirectUris: Set<string>;
}

/** The registered applications. Ids count up from 1001; secrets follow from the seed. */
export class Applications {
  readonly #seed: number;
  readonly #byId = new Map<string, Application>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  register(limitPerMinute: number, redirectUris: Iterable<string>): Application {
    const clientId = String(1_001 + this.#byId.size);
    const clientSecret = createHash("sha256").update(`secret ${this.#seed} ${clientId}`).digest("hex").slice(0, 40);
    const application = { clientId, clientSecret, limitPerMinute, redirectUris: new Set(redirectUris) };
    this.#byId.set(clientId, application);
    return application;
  }

  find(clientId: string): Application | undefined {
    return this.#byId.get(clientId);
  }

  /** The application with this id, if the secret is its own. */
  identify(clientId: string | undefined, clientSecret: string | undefined): Application | undefined {
    const application = clientId === undefined ? undefined : this.find(clientId);
    return application?.clientSecret === clientSecret ? application : undefined;
  }
}
