import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMarkdown, type Block } from "../../src/playground/page/markdown.js";
import type { Inline } from "../../src/playground/page/markdown-inline.js";

const text = (value: string): Inline => ({ kind: "text", text: value });
const paragraph = (...children: Inline[]): Block => ({ kind: "paragraph", children });

/** Everything a reader, or a reader of the address bar, gets to see. */
function shown(blocks: readonly Block[]): string {
  return blocks.map(shownBlock).join("\n");
}

function shownBlock(block: Block): string {
  switch (block.kind) {
    case "fence":
      return `${block.language}\n${block.text}`;
    case "quote":
      return shown(block.blocks);
    case "list":
      return block.items.map(({ children, below }) => shownInline(children) + shown(below)).join("\n");
    case "paragraph":
    case "small":
    case "heading":
      return shownInline(block.children);
  }
}

function shownInline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if ("children" in node) return shownInline(node.children) + (node.kind === "link" ? node.url : "");
      if ("text" in node) return node.text;
      if (node.kind === "time") return `t${node.style}`;
      return "name" in node ? node.name : "";
    })
    .join("");
}

function kinds(blocks: readonly Block[]): Set<string> {
  const found = new Set<string>();
  JSON.stringify(blocks, (key, value: unknown) => {
    if (key === "kind" && typeof value === "string") found.add(value);
    return value;
  });
  return found;
}

describe("marks within a line", () => {
  it.each([
    ["**a**", [{ kind: "bold", children: [text("a")] }]],
    ["*a*", [{ kind: "italic", children: [text("a")] }]],
    ["_a_", [{ kind: "italic", children: [text("a")] }]],
    ["__a__", [{ kind: "underline", children: [text("a")] }]],
    ["~~a~~", [{ kind: "strike", children: [text("a")] }]],
    ["||a||", [{ kind: "spoiler", children: [text("a")] }]],
    ["`*a*`", [{ kind: "code", text: "*a*" }]],
    ["``a`b``", [{ kind: "code", text: "a`b" }]],
    ["**a *b***", [{ kind: "bold", children: [text("a "), { kind: "italic", children: [text("b")] }] }]],
    ["x **a** y", [text("x "), { kind: "bold", children: [text("a")] }, text(" y")]],
    ["snake_case_name", [text("snake_case_name")]],
    ["2 * 3 * 4", [text("2 * 3 * 4")]],
    ["**a", [text("**a")]],
    ["\\*a\\*", [text("*a*")]],
    ["¯\\\\_(ツ)", [text("¯\\_(ツ)")]],
    ["<t:1700000000:R>", [{ kind: "time", seconds: 1_700_000_000, style: "R" }]],
    ["<t:1700000000>", [{ kind: "time", seconds: 1_700_000_000, style: "f" }]],
    ["<t:99999999999999:R>", [text("<t:99999999999999:R>")]],
    ["</clan info:123456789012345678>", [{ kind: "command", name: "clan info", id: "123456789012345678" }]],
    ["<@123456789012345678>", [{ kind: "person", id: "123456789012345678" }]],
    ["<@&123456789012345678>", [{ kind: "role", id: "123456789012345678" }]],
    ["<#123456789012345678>", [{ kind: "channel", id: "123456789012345678" }]],
    ["<:ok:123456789012345678>", [{ kind: "emoji", name: "ok", id: "123456789012345678" }]],
  ])("%s", (source, children) => {
    expect(parseMarkdown(source)).toEqual([{ kind: "paragraph", children }]);
  });

  it.each([
    ["[site](https://example.com/a_(b))", "https://example.com/a_(b)", "site"],
    ['[site](https://example.com "title")', "https://example.com", "site"],
    ["<https://example.com/x>", "https://example.com/x", "https://example.com/x"],
    ["https://example.com/a_b_c", "https://example.com/a_b_c", "https://example.com/a_b_c"],
  ])("links: %s", (source, url, label) => {
    expect(parseMarkdown(source)).toEqual([paragraph({ kind: "link", url, children: [text(label)] })]);
  });

  it("leaves the full stop after an address out of the link", () => {
    const link: Inline = { kind: "link", url: "https://example.com", children: [text("https://example.com")] };
    expect(parseMarkdown("see https://example.com.")).toEqual([paragraph(text("see "), link, text("."))]);
  });
});

describe("blocks", () => {
  it("are headings, small print, quotes, fences and paragraphs", () => {
    const source = "# One\n### Three\n-# small\n> a\n> b\n```ts\nx < 1\n```\nend\nof it\n>>> rest\nall";
    expect(parseMarkdown(source)).toEqual([
      { kind: "heading", level: 1, children: [text("One")] },
      { kind: "heading", level: 3, children: [text("Three")] },
      { kind: "small", children: [text("small")] },
      { kind: "quote", blocks: [paragraph(text("a\nb"))] },
      { kind: "fence", language: "ts", text: "x < 1" },
      paragraph(text("end\nof it")),
      { kind: "quote", blocks: [paragraph(text("rest\nall"))] },
    ]);
  });

  it("are lists, numbered ones from their first number, and lists below items", () => {
    expect(parseMarkdown("- a\n  - b\n- c\n3. d\n4. e")).toEqual([
      {
        kind: "list",
        start: undefined,
        items: [
          {
            children: [text("a")],
            below: [{ kind: "list", start: undefined, items: [{ children: [text("b")], below: [] }] }],
          },
          { children: [text("c")], below: [] },
        ],
      },
      {
        kind: "list",
        start: 3,
        items: [
          { children: [text("d")], below: [] },
          { children: [text("e")], below: [] },
        ],
      },
    ]);
  });

  it("hold lines that go on with an item, and fences within a quote", () => {
    expect(parseMarkdown("- a\n  b\nc")).toEqual([
      { kind: "list", start: undefined, items: [{ children: [text("a\nb")], below: [] }] },
      paragraph(text("c")),
    ]);
    expect(parseMarkdown("> a\n> ```\n> x\n> ```\nb")).toEqual([
      { kind: "quote", blocks: [paragraph(text("a")), { kind: "fence", language: "", text: "x" }] },
      paragraph(text("b")),
    ]);
    expect(parseMarkdown(">>> a\n```\nx\n```")).toEqual([
      { kind: "quote", blocks: [paragraph(text("a")), { kind: "fence", language: "", text: "x" }] },
    ]);
  });

  it("are no quotes within a quote", () => {
    expect(parseMarkdown("> > a")).toEqual([{ kind: "quote", blocks: [paragraph(text("> a"))] }]);
  });

  it("go on in the line in which a fence ends", () => {
    expect(parseMarkdown("a ```x``` b")).toEqual([
      paragraph(text("a ")),
      { kind: "fence", language: "", text: "x" },
      paragraph(text(" b")),
    ]);
  });

  it("keep marks that are code as they are", () => {
    expect(parseMarkdown("```\n**a** <@1>\n> b\n```")).toEqual([
      { kind: "fence", language: "", text: "**a** <@1>\n> b" },
    ]);
  });
});

describe("hostile text", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](data:text/html,x)",
    "<javascript:alert(1)>",
    "[a](/relative)",
  ])("stays text: %s", (source) => {
    expect(parseMarkdown(source)).toEqual([paragraph(text(source))]);
  });

  it("makes no link of a label that pretends to be another address", () => {
    const link: Inline = { kind: "link", url: "https://evil.example", children: [text("https://evil.example")] };
    const tree = parseMarkdown("[https://bank.example](https://evil.example)");
    expect(tree).toEqual([paragraph(text("[https://bank.example]("), link, text(")"))]);
  });

  it("only ever links to http and https", () => {
    const piece = fc.constantFrom(
      "[",
      "]",
      "(",
      ")",
      "<",
      ">",
      "javascript:",
      "https://",
      "data:",
      "a",
      "//",
      " ",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const addresses: unknown[] = [];
        JSON.stringify(parseMarkdown(pieces.join("")), (key, value: unknown) => {
          if (key === "url") addresses.push(value);
          return value;
        });
        expect(addresses.filter((url) => !/^https?:\/\//.test(String(url)))).toEqual([]);
      }),
    );
  });

  it("is plain when everything in it is escaped", () => {
    const escaped = (source: string) => source.replace(/[^\p{L}\p{N}\s]/gu, "\\$&");
    const line = fc.string({ unit: "grapheme-ascii", minLength: 1 }).filter((one) => !/^\s*\d+\.\s/.test(one));
    fc.assert(
      fc.property(line, (source) => {
        const tree = parseMarkdown(escaped(source));
        expect([...kinds(tree)].filter((kind) => kind !== "paragraph" && kind !== "text")).toEqual([]);
        expect(shown(tree)).toBe(source);
      }),
    );
  });
});

describe("any text", () => {
  const marks = ["*", "**", "_", "__", "~~", "||", "`", "```", "> ", ">>> ", "# ", "-# ", "- ", "  - ", "[", "](", ")"];
  const other = ["\n", " ", "\\", "<", ">", "https://x.yz ", "7. "];
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "ж", "한"), minLength: 1, maxLength: 4 });
  const source = fc
    .array(fc.oneof(fc.constantFrom(...marks, ...other), word), { maxLength: 40 })
    .map((all) => all.join(""));
  const letters = (value: string) => value.replace(/\P{L}/gu, "");

  it("keeps every letter in its place", () => {
    fc.assert(
      fc.property(source, (value) => {
        const withoutAddresses = value.replaceAll("https://x.yz", "");
        expect(letters(shown(parseMarkdown(withoutAddresses)))).toBe(letters(withoutAddresses));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives a tree, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(source, fc.string({ unit: "binary" })), (value) => {
        expect(Array.isArray(parseMarkdown(value))).toBe(true);
      }),
    );
  });

  it.each(["*", "_", "[", "`", "<", "> ", "||*_", "*a ", "[a](", "- \n  "])(
    "ends soon for 4096 characters of %j",
    (piece) => {
      const long = piece.repeat(Math.ceil(4096 / piece.length));
      expect(shown(parseMarkdown(long)).length).toBeLessThanOrEqual(long.length);
    },
  );
});
