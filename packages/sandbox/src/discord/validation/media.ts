import { ComponentType } from "discord-api-types/v10";
import { walk, type Component, type TopLevelComponent } from "./components.js";
import type { Embed } from "./embeds.js";

/** Scheme of a picture or file sent with the message itself. */
export const scheme = "attachment://";

/** One place in a message that shows a picture or a file. */
export interface MediaPlace {
  readonly path: readonly PropertyKey[];
  readonly url: string;
  /** Puts another address in its place. */
  readonly set: (url: string) => void;
}

/** Every place of embeds and components that shows a picture or a file. */
export function* mediaIn(embeds: readonly Embed[], components: readonly TopLevelComponent[]): Generator<MediaPlace> {
  for (const [index, { image, thumbnail, author, footer }] of embeds.entries()) {
    const at = (...path: string[]) => ["embeds", index, ...path];
    if (image) yield link(image, at("image", "url"));
    if (thumbnail) yield link(thumbnail, at("thumbnail", "url"));
    if (author) yield* icon(author, at("author", "icon_url"));
    if (footer) yield* icon(footer, at("footer", "icon_url"));
  }
  for (const [component, path] of walk(components, ["components"])) yield* mediaOf(component, path);
}

function* mediaOf(component: Component, path: PropertyKey[]): Generator<MediaPlace> {
  if (component.type === ComponentType.Thumbnail) yield link(component.media, [...path, "media", "url"]);
  if (component.type === ComponentType.File) yield link(component.file, [...path, "file", "url"]);
  if (component.type === ComponentType.MediaGallery) {
    for (const [index, { media }] of component.items.entries())
      yield link(media, [...path, "items", index, "media", "url"]);
  }
}

function link(place: { url: string }, path: PropertyKey[]): MediaPlace {
  const set = (url: string) => void (place.url = url);
  return { path, url: place.url, set };
}

function* icon(place: { icon_url?: string | undefined }, path: PropertyKey[]): Generator<MediaPlace> {
  const set = (url: string) => void (place.icon_url = url);
  if (place.icon_url !== undefined) yield { path, url: place.icon_url, set };
}
