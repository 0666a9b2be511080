import type { Language } from "./languages.js";

/** By plural form; `{n}` is the number. */
type Counted = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** The command line's own words. What stands in braces is filled in. */
export interface CommandTexts {
  readonly commandLine: string;
  readonly hint: string;
  readonly send: string;
  readonly commands: string;
  readonly noCommands: string;
  readonly commandsOnly: string;
  readonly options: string;
  readonly noOptions: string;
  readonly optional: Counted;
  readonly leaveCommand: string;
  readonly searching: string;
  readonly nothingFound: string;
  readonly suggestionsFailed: string;
  readonly suggestions: Counted;
  readonly yes: string;
  readonly no: string;
  readonly between: string;
  readonly atLeast: string;
  readonly atMost: string;
  readonly missing: string;
  readonly choice: string;
  readonly integer: string;
  readonly number: string;
  /** Of a text; `{limits}` is one of the three above. */
  readonly length: string;
  readonly lengthNow: string;
}

/** A text with the names in braces replaced. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function count(texts: Counted, n: number, locale: string): string {
  return fill(texts[new Intl.PluralRules(locale).select(n)] ?? texts.other, { n });
}

const english: CommandTexts = {
  commandLine: "Command line",
  hint: "Type / for commands",
  send: "Send",
  commands: "Commands",
  noCommands: "No such command",
  commandsOnly: "The bot hears slash commands only: begin with /",
  options: "Options",
  noOptions: "This command has no such option",
  optional: { other: "+{n} optional" },
  leaveCommand: "Leave the command",
  searching: "Searching…",
  nothingFound: "No options match your search",
  suggestionsFailed: "Loading options failed",
  suggestions: { one: "{n} suggestion", other: "{n} suggestions" },
  yes: "True",
  no: "False",
  between: "{min} to {max}",
  atLeast: "{min} or more",
  atMost: "{max} or less",
  missing: "This option is required. Specify a value",
  choice: "Choose one of the values offered",
  integer: "Enter a whole number",
  number: "Enter a number",
  length: "Length: {limits}",
  lengthNow: "now {n}",
};

const russian: CommandTexts = {
  commandLine: "Командная строка",
  hint: "Введите / для выбора команды",
  send: "Отправить",
  commands: "Команды",
  noCommands: "Нет такой команды",
  commandsOnly: "Бот понимает только команды: начните с /",
  options: "Параметры",
  noOptions: "У команды нет такого параметра",
  optional: { one: "+{n} необязательный", other: "+{n} необязательных" },
  leaveCommand: "Выйти из команды",
  searching: "Поиск…",
  nothingFound: "Ничего не найдено",
  suggestionsFailed: "Не удалось загрузить варианты",
  suggestions: { one: "{n} вариант", few: "{n} варианта", other: "{n} вариантов" },
  yes: "Да",
  no: "Нет",
  between: "от {min} до {max}",
  atLeast: "не меньше {min}",
  atMost: "не больше {max}",
  missing: "Это обязательный параметр. Укажите значение",
  choice: "Выберите одно из предложенных значений",
  integer: "Введите целое число",
  number: "Введите число",
  length: "Длина: {limits}",
  lengthNow: "сейчас {n}",
};

const spanish: CommandTexts = {
  commandLine: "Línea de comandos",
  hint: "Escribe / para ver los comandos",
  send: "Enviar",
  commands: "Comandos",
  noCommands: "No existe ese comando",
  commandsOnly: "El bot solo atiende comandos: empieza con /",
  options: "Opciones",
  noOptions: "El comando no tiene esa opción",
  optional: { one: "+{n} opcional", other: "+{n} opcionales" },
  leaveCommand: "Salir del comando",
  searching: "Buscando…",
  nothingFound: "Ninguna opción coincide",
  suggestionsFailed: "No se han podido cargar las opciones",
  suggestions: { one: "{n} sugerencia", other: "{n} sugerencias" },
  yes: "Verdadero",
  no: "Falso",
  between: "de {min} a {max}",
  atLeast: "{min} o más",
  atMost: "{max} o menos",
  missing: "Esta opción es obligatoria. Indica un valor",
  choice: "Elige uno de los valores ofrecidos",
  integer: "Escribe un número entero",
  number: "Escribe un número",
  length: "Longitud: {limits}",
  lengthNow: "ahora {n}",
};

const french: CommandTexts = {
  commandLine: "Ligne de commande",
  hint: "Tapez / pour les commandes",
  send: "Envoyer",
  commands: "Commandes",
  noCommands: "Cette commande n’existe pas",
  commandsOnly: "Le bot n’entend que les commandes : commencez par /",
  options: "Options",
  noOptions: "La commande n’a pas cette option",
  optional: { one: "+{n} facultative", other: "+{n} facultatives" },
  leaveCommand: "Quitter la commande",
  searching: "Recherche…",
  nothingFound: "Aucune option ne correspond",
  suggestionsFailed: "Impossible de charger les options",
  suggestions: { one: "{n} suggestion", other: "{n} suggestions" },
  yes: "Vrai",
  no: "Faux",
  between: "de {min} à {max}",
  atLeast: "{min} ou plus",
  atMost: "{max} ou moins",
  missing: "Cette option est obligatoire. Indiquez une valeur",
  choice: "Choisissez l’une des valeurs proposées",
  integer: "Entrez un nombre entier",
  number: "Entrez un nombre",
  length: "Longueur : {limits}",
  lengthNow: "actuellement {n}",
};

const korean: CommandTexts = {
  commandLine: "명령줄",
  hint: "명령어를 보려면 / 입력",
  send: "보내기",
  commands: "명령어",
  noCommands: "그런 명령어가 없습니다",
  commandsOnly: "봇은 명령어만 이해합니다. /로 시작하세요",
  options: "옵션",
  noOptions: "이 명령어에는 그런 옵션이 없습니다",
  optional: { other: "선택 옵션 {n}개" },
  leaveCommand: "명령어에서 나가기",
  searching: "검색 중…",
  nothingFound: "일치하는 항목이 없습니다",
  suggestionsFailed: "항목을 불러오지 못했습니다",
  suggestions: { other: "제안 {n}개" },
  yes: "참",
  no: "거짓",
  between: "{min}~{max}",
  atLeast: "{min} 이상",
  atMost: "{max} 이하",
  missing: "필수 옵션입니다. 값을 입력하세요",
  choice: "제시된 값 중 하나를 고르세요",
  integer: "정수를 입력하세요",
  number: "숫자를 입력하세요",
  length: "길이: {limits}",
  lengthNow: "현재 {n}",
};

export const commandTexts: Readonly<Record<Language["locale"], CommandTexts>> = {
  "en-US": english,
  ru: russian,
  "es-ES": spanish,
  fr: french,
  ko: korean,
};
