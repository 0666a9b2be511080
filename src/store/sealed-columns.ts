/** What a link's tokens are sealed for: this row and this column, and no other. */
export function linkIdentity(id: string) {
  return { accessToken: `links/${id}/access_token`, refreshToken: `links/${id}/refresh_token` };
}

export function attemptIdentity(stateHash: string) {
  return {
    discordName: `link_attempts/${stateHash}/discord_name`,
    interactionToken: `link_attempts/${stateHash}/interaction_token`,
  };
}
