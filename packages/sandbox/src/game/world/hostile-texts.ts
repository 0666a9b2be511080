/** Texts as people with bad intentions write them; whoever shows them must stay calm. */
export const HOSTILE_CLANS = [
  {
    name: "@everyone **FREE** [click](https://evil.example)",
    tag: "<@123>",
    description:
      "# BIG NEWS\n> quoted\n```js\nalert(1)\n```\n<img src=x onerror=alert(1)>\n<@&456> <#789> @here\n[gift](https://evil.example)\n§4red §lbold",
  },
  { name: "§4Кровавый §lзакат", tag: "§4КЗ", description: "§cНабор открыт\\nБез новичков" },
  { name: "\u202Enalc esrever", tag: "\u202Egat", description: "\u202Eright to left" },
  { name: "W".repeat(96), tag: "WWWWWWWWWWWW", description: "Long. ".repeat(700) },
  { name: "||spoiler|| __under__ ~~gone~~ `code`", tag: "`|`", description: "``` unclosed fence" },
  { name: "<script>alert(1)</script>", tag: "<b>", description: "\"quotes' & <tags>" },
] as const;

export const HOSTILE_STATUSES = [
  "@everyone look at me <@123> <@&456>",
  "§4Враг §lнарода\n§rвторая строка",
  "**bold** _it_ [click](https://evil.example)\n# heading",
  "```\nfence without end",
  "<img src=x onerror=alert(1)>",
  "\u202Etxet desrever",
  "z".repeat(3_000),
  "first\\nsecond",
] as const;
