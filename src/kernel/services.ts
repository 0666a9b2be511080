/**
 * What the commands of a bot use beyond the kernel: the bot says what it is, with `declare module`, and the composition root
 * gives it to the router. It is part of every context.
 */
export interface Services {}
