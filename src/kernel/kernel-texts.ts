type Nothing = object;

/** What the kernel itself says, by key, with what each text takes: a bot has these texts beside its own. */
export interface KernelTexts {
  readonly "account.link": Nothing;
  readonly "card.simulated": Nothing;
  readonly "confirm.cancel": Nothing;
  readonly "confirm.cancelled": Nothing;
  readonly "error.blocked": Nothing;
  readonly "error.bot-timed-out": Nothing;
  readonly "error.channel-gone": Nothing;
  readonly "error.channel-kind": { readonly channel: string | number };
  readonly "error.channel-permission": { readonly channel: string | number; readonly permission: string | number };
  readonly "error.discord-silent": Nothing;
  readonly "error.gone": { readonly command: string | number };
  readonly "error.link-again": Nothing;
  readonly "error.link-first": Nothing;
  readonly "error.linking-off": Nothing;
  readonly "error.no-such-page": { readonly pages: number };
  readonly "error.not-yours": { readonly command: string | number };
  readonly "error.option-impossible": Nothing;
  readonly "error.option-missing": Nothing;
  readonly "error.panel-expired": Nothing;
  readonly "error.permission": { readonly permission: string | number };
  readonly "error.restarting": Nothing;
  readonly "error.role-everyone": Nothing;
  readonly "error.role-unmentionable": {
    readonly role: string | number;
    readonly channel: string | number;
    readonly permission: string | number;
  };
  readonly "error.server-only": Nothing;
  readonly "error.too-slow": Nothing;
  readonly "error.unexpected": { readonly id: string | number };
  readonly "error.unknown-command": Nothing;
  readonly "error.words-unknown": { readonly words: string | number };
  readonly "paging.position": { readonly page: number; readonly pages: number };
  readonly "paging.title": Nothing;
  readonly "paging.which": { readonly pages: number };
  readonly "permission.connect": Nothing;
  readonly "permission.embed-links": Nothing;
  readonly "permission.manage-nicknames": Nothing;
  readonly "permission.manage-roles": Nothing;
  readonly "permission.manage-server": Nothing;
  readonly "permission.manage-threads": Nothing;
  readonly "permission.mention-everyone": Nothing;
  readonly "permission.send-messages": Nothing;
  readonly "permission.send-messages-in-threads": Nothing;
  readonly "permission.view-channel": Nothing;
}
