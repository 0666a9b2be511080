/** The page's own words. `{person}` and `{command}` in `used` are filled in by whoever draws it. */
export interface Texts {
  readonly simulated: string;
  readonly language: string;
  readonly person: string;
  readonly messages: string;
  readonly welcome: string;
  readonly today: string;
  readonly used: string;
  readonly sending: string;
  readonly thinking: string;
  readonly edited: string;
  readonly onlyYou: string;
  readonly dismiss: string;
  readonly noResponse: string;
  readonly interactionFailed: string;
  readonly connectionLost: string;
  readonly undrawn: string;
  readonly commandLine: string;
  readonly hint: string;
  readonly send: string;
  readonly commands: string;
  readonly noCommands: string;
  readonly commandsOnly: string;
  readonly options: string;
  readonly leaveCommand: string;
  readonly searching: string;
  readonly nothingFound: string;
  readonly suggestionsFailed: string;
  readonly choose: string;
  readonly submit: string;
  readonly cancel: string;
  readonly missing: string;
  readonly choice: string;
  readonly number: string;
  readonly range: string;
  readonly length: string;
}

const english: Texts = {
  simulated: "Simulated: no real prices, no real people",
  language: "Language",
  person: "You are",
  messages: "Messages",
  welcome: "Type / to see what the bot can do.",
  today: "Today at",
  used: "{person} used {command}",
  sending: "Sending command…",
  thinking: "is thinking…",
  edited: "(edited)",
  onlyYou: "Only you can see this",
  dismiss: "Dismiss message",
  noResponse: "The application did not respond",
  interactionFailed: "This interaction failed",
  connectionLost: "Connection lost. Trying again…",
  undrawn: "This page does not draw this component.",
  commandLine: "Command line",
  hint: "Type / for commands",
  send: "Send",
  commands: "Commands",
  noCommands: "No such command",
  commandsOnly: "The bot hears slash commands only: begin with /",
  options: "Options",
  leaveCommand: "Leave the command",
  searching: "Searching…",
  nothingFound: "No options match your search",
  suggestionsFailed: "Loading options failed",
  choose: "Make a selection",
  submit: "Submit",
  cancel: "Cancel",
  missing: "This option is required. Specify a value",
  choice: "Choose one of the values offered",
  number: "This must be a number",
  range: "This number is out of range",
  length: "This text is too short or too long",
};

const russian: Texts = {
  simulated: "Симуляция: цены и люди не настоящие",
  language: "Язык",
  person: "Вы",
  messages: "Сообщения",
  welcome: "Введите /, чтобы увидеть, что умеет бот.",
  today: "Сегодня, в",
  used: "{person} использует {command}",
  sending: "Отправка команды…",
  thinking: "думает…",
  edited: "(изменено)",
  onlyYou: "Это видите только вы",
  dismiss: "Убрать сообщение",
  noResponse: "Приложение не отвечает",
  interactionFailed: "Ошибка взаимодействия",
  connectionLost: "Связь потеряна. Пробуем снова…",
  undrawn: "Эта страница не рисует такой компонент.",
  commandLine: "Командная строка",
  hint: "Введите / для выбора команды",
  send: "Отправить",
  commands: "Команды",
  noCommands: "Нет такой команды",
  commandsOnly: "Бот понимает только команды: начните с /",
  options: "Параметры",
  leaveCommand: "Выйти из команды",
  searching: "Поиск…",
  nothingFound: "Ничего не найдено",
  suggestionsFailed: "Не удалось загрузить варианты",
  choose: "Выберите вариант",
  submit: "Отправить",
  cancel: "Отмена",
  missing: "Это обязательный параметр. Укажите значение",
  choice: "Выберите одно из предложенных значений",
  number: "Здесь должно быть число",
  range: "Число вне допустимых пределов",
  length: "Текст слишком короткий или слишком длинный",
};

const spanish: Texts = {
  simulated: "Simulación: ni los precios ni las personas son reales",
  language: "Idioma",
  person: "Eres",
  messages: "Mensajes",
  welcome: "Escribe / para ver lo que sabe hacer el bot.",
  today: "Hoy a las",
  used: "{person} ha usado {command}",
  sending: "Enviando comando…",
  thinking: "está pensando…",
  edited: "(editado)",
  onlyYou: "Solo tú puedes ver esto",
  dismiss: "Descartar mensaje",
  noResponse: "La aplicación no ha respondido",
  interactionFailed: "La interacción ha fallado",
  connectionLost: "Conexión perdida. Reintentando…",
  undrawn: "Esta página no dibuja este componente.",
  commandLine: "Línea de comandos",
  hint: "Escribe / para ver los comandos",
  send: "Enviar",
  commands: "Comandos",
  noCommands: "No existe ese comando",
  commandsOnly: "El bot solo atiende comandos: empieza con /",
  options: "Opciones",
  leaveCommand: "Salir del comando",
  searching: "Buscando…",
  nothingFound: "Ninguna opción coincide",
  suggestionsFailed: "No se han podido cargar las opciones",
  choose: "Elige una opción",
  submit: "Enviar",
  cancel: "Cancelar",
  missing: "Esta opción es obligatoria. Indica un valor",
  choice: "Elige uno de los valores ofrecidos",
  number: "Debe ser un número",
  range: "El número está fuera del intervalo",
  length: "El texto es demasiado corto o demasiado largo",
};

const french: Texts = {
  simulated: "Simulation : ni les prix ni les personnes ne sont réels",
  language: "Langue",
  person: "Vous êtes",
  messages: "Messages",
  welcome: "Tapez / pour voir ce que le bot sait faire.",
  today: "Aujourd’hui à",
  used: "{person} a utilisé {command}",
  sending: "Envoi de la commande…",
  thinking: "réfléchit…",
  edited: "(modifié)",
  onlyYou: "Vous seul pouvez voir ceci",
  dismiss: "Masquer le message",
  noResponse: "L’application n’a pas répondu",
  interactionFailed: "Échec de l’interaction",
  connectionLost: "Connexion perdue. Nouvel essai…",
  undrawn: "Cette page ne dessine pas ce composant.",
  commandLine: "Ligne de commande",
  hint: "Tapez / pour les commandes",
  send: "Envoyer",
  commands: "Commandes",
  noCommands: "Cette commande n’existe pas",
  commandsOnly: "Le bot n’entend que les commandes : commencez par /",
  options: "Options",
  leaveCommand: "Quitter la commande",
  searching: "Recherche…",
  nothingFound: "Aucune option ne correspond",
  suggestionsFailed: "Impossible de charger les options",
  choose: "Faites un choix",
  submit: "Envoyer",
  cancel: "Annuler",
  missing: "Cette option est obligatoire. Indiquez une valeur",
  choice: "Choisissez l’une des valeurs proposées",
  number: "Il faut un nombre",
  range: "Ce nombre est hors limites",
  length: "Ce texte est trop court ou trop long",
};

const korean: Texts = {
  simulated: "시뮬레이션: 실제 가격도 실제 사람도 아닙니다",
  language: "언어",
  person: "사용자",
  messages: "메시지",
  welcome: "/를 입력하면 봇의 기능을 볼 수 있습니다.",
  today: "오늘",
  used: "{person} 님이 {command} 사용",
  sending: "명령어 보내는 중…",
  thinking: "생각 중…",
  edited: "(수정됨)",
  onlyYou: "나에게만 보이는 메시지",
  dismiss: "메시지 닫기",
  noResponse: "애플리케이션이 응답하지 않았습니다",
  interactionFailed: "상호작용 실패",
  connectionLost: "연결이 끊겼습니다. 다시 시도하는 중…",
  undrawn: "이 페이지는 이 구성 요소를 표시하지 않습니다.",
  commandLine: "명령줄",
  hint: "명령어를 보려면 / 입력",
  send: "보내기",
  commands: "명령어",
  noCommands: "그런 명령어가 없습니다",
  commandsOnly: "봇은 명령어만 이해합니다. /로 시작하세요",
  options: "옵션",
  leaveCommand: "명령어에서 나가기",
  searching: "검색 중…",
  nothingFound: "일치하는 항목이 없습니다",
  suggestionsFailed: "항목을 불러오지 못했습니다",
  choose: "선택하세요",
  submit: "제출",
  cancel: "취소",
  missing: "필수 옵션입니다. 값을 입력하세요",
  choice: "제시된 값 중 하나를 고르세요",
  number: "숫자를 입력하세요",
  range: "허용 범위를 벗어난 숫자입니다",
  length: "글자 수가 너무 적거나 많습니다",
};

/** The languages to choose from, by Discord's name for each. */
export const languages = [
  { locale: "en-US", name: "English", texts: english },
  { locale: "ru", name: "Русский", texts: russian },
  { locale: "es-ES", name: "Español", texts: spanish },
  { locale: "fr", name: "Français", texts: french },
  { locale: "ko", name: "한국어", texts: korean },
] as const;

export type Language = (typeof languages)[number];

/** The first language that somebody wants and the page has: English if none. @param wanted such as `es` or `fr-CA` */
export function chooseLanguage(wanted: readonly string[]): Language {
  const base = (locale: string) => locale.split("-")[0];
  for (const locale of wanted) {
    const found =
      languages.find((one) => one.locale === locale) ?? languages.find((one) => base(one.locale) === base(locale));
    if (found) return found;
  }
  return languages[0];
}
