// Discord's markup. A time is shown to each reader in their own zone and language.
export { codeBlock, heading, HeadingLevel, inlineCode, quote, subtext, time } from "@discordjs/formatters";
export type { Access, ContextWith } from "./access.js";
export { LinkNeededError, type Account, type Accounts, type LinkedAccount } from "./account.js";
export { button, card, COLOURS, linkButton, menu, row, type Card, type CardField, type MenuOption } from "./card.js";
export {
  defineCommand,
  defineCommandGroup,
  defineSubcommand,
  type Command,
  type Installation,
  type Place,
  type Visibility,
} from "./command.js";
export { defineAddress, defineComponent, defineModal, stateOf, type Address } from "./component.js";
export { defineConfirmation, type Confirmation } from "./confirmation.js";
export type { ChannelKind, ChosenChannel, ChosenRole } from "./channel.js";
export type { Context, ListedCommand, MessageContext, Topic } from "./context.js";
export { UserError, type Alternative } from "./errors.js";
export { escape, plain, typedText } from "./escape.js";
export type { Diagnose } from "./explain.js";
export type { OptionValue } from "./interaction.js";
export { dotted, lines, paragraphs, spaced, type Part } from "./lines.js";
export { form, type ChoiceField, type FormLook, type TextField } from "./form.js";
export { localeOf, LOCALES, type Locale } from "./locale.js";
export type { Channels, WritableChannel } from "./messages/channels.js";
export {
  optionalBoolean,
  optionalChannel,
  optionalChoice,
  optionalInteger,
  optionalPerson,
  optionalRole,
  optionalText,
  requiredBoolean,
  requiredChannel,
  requiredChoice,
  requiredInteger,
  requiredPerson,
  requiredRole,
  requiredText,
  textIn,
  type Choice,
  type ExplainUnknown,
  type FixedChoice,
  type Option,
  type Pressed,
  type Suggest,
  type TextOption,
} from "./option.js";
export { definePager, page, pageNumber, type Page, type PageNumber, type Pager } from "./paging.js";
export type { Permission } from "./permission.js";
export type { ChosenPerson } from "./person.js";
export type { Chosen, PersonPreferences, Personal, Preferences, ServerPreferences } from "./preferences.js";
export { Reply } from "./reply.js";
export type { Services } from "./services.js";
export type { PlainTextKey, TextKey, Translate } from "./texts.js";
export { callId } from "./call.js";
export type { Attachment, Form, View } from "./view.js";
