import type { Began, Step, Trouble } from "./protocol.js";

/** The page's own words. What stands in braces is filled in by whoever draws it. */
export interface Texts {
  readonly simulated: string;
  readonly language: string;
  readonly person: string;
  readonly messages: string;
  readonly welcome: string;
  readonly welcomeWithExamples: string;
  readonly today: string;
  readonly yesterday: string;
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
  readonly choose: string;
  readonly submit: string;
  readonly cancel: string;
  readonly newMessages: string;
  readonly openPicture: string;
  readonly close: string;
  readonly done: string;
  readonly fillIn: string;
  readonly fieldLength: string;
  readonly chooseRange: string;
  readonly noFiles: string;
  readonly spoiler: string;
  readonly channels: string;
  readonly directMessages: string;
  readonly admin: string;
  readonly openSidebar: string;
  readonly openPanel: string;
  readonly themeSystem: string;
  readonly themeLight: string;
  readonly themeDark: string;
  readonly world: string;
  readonly speed: string;
  readonly pause: string;
  readonly emission: string;
  readonly region: string;
  readonly startEmission: string;
  readonly gameApi: string;
  readonly requests: string;
  readonly noRequests: string;
  readonly game: string;
  readonly noAnswer: string;
  readonly body: string;
  readonly troubles: Readonly<Record<Trouble, string>>;
  readonly deeds: Readonly<Record<Began["what"], string>>;
  readonly outcomes: Readonly<Record<Exclude<Step["outcome"], "sent">, string>>;
}

const english: Texts = {
  simulated: "Simulated: no real prices, no real people",
  language: "Language",
  person: "You are",
  messages: "Messages",
  welcome: "Type / to see what the bot can do.",
  welcomeWithExamples: "Type / to see what the bot can do, or try one of these:",
  today: "Today at",
  yesterday: "Yesterday at",
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
  choose: "Make a selection",
  submit: "Submit",
  cancel: "Cancel",
  newMessages: "New messages ↓",
  openPicture: "Open picture",
  close: "Close",
  done: "Done",
  fillIn: "This must be filled in",
  fieldLength: "Must have {range} characters",
  chooseRange: "Choose {range}",
  noFiles: "Files cannot be sent from this page: this one is left out.",
  spoiler: "Spoiler",
  channels: "Channels",
  directMessages: "Direct messages",
  admin: "admin",
  openSidebar: "Channels and who you are",
  openPanel: "World and requests",
  themeSystem: "Theme: as the system",
  themeLight: "Theme: light",
  themeDark: "Theme: dark",
  world: "Simulated world",
  speed: "Speed of time",
  pause: "Pause",
  emission: "Emission",
  region: "Region",
  startEmission: "Start one now",
  gameApi: "The game's API",
  requests: "Requests",
  noRequests: "Use a command: what it asks of Discord and of the game appears here.",
  game: "Game",
  noAnswer: "no answer",
  body: "what was sent",
  troubles: {
    none: "works",
    errors: "fails (500)",
    slow: "is slow (2.5 s)",
    limited: "refuses (429)",
    down: "is down",
  },
  deeds: { command: "command", suggestions: "suggestions", component: "button or menu", form: "form" },
  outcomes: { cached: "from memory", joined: "shared with an equal request", refused: "not sent" },
};

const russian: Texts = {
  simulated: "Симуляция: цены и люди ненастоящие",
  language: "Язык",
  person: "Вы",
  messages: "Сообщения",
  welcome: "Введите /, чтобы увидеть, что умеет бот.",
  welcomeWithExamples: "Введите /, чтобы увидеть, что умеет бот, или попробуйте:",
  today: "Сегодня, в",
  yesterday: "Вчера, в",
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
  choose: "Выберите вариант",
  submit: "Отправить",
  cancel: "Отмена",
  newMessages: "Новые сообщения ↓",
  openPicture: "Открыть изображение",
  close: "Закрыть",
  done: "Готово",
  fillIn: "Это нужно заполнить",
  fieldLength: "Нужно символов: {range}",
  chooseRange: "Выберите: {range}",
  noFiles: "С этой страницы нельзя отправлять файлы: поле останется пустым.",
  spoiler: "Спойлер",
  channels: "Каналы",
  directMessages: "Личные сообщения",
  admin: "админ",
  openSidebar: "Каналы и кто вы",
  openPanel: "Мир и запросы",
  themeSystem: "Тема: как в системе",
  themeLight: "Тема: светлая",
  themeDark: "Тема: тёмная",
  world: "Симулируемый мир",
  speed: "Скорость времени",
  pause: "Пауза",
  emission: "Выброс",
  region: "Регион",
  startEmission: "Начать сейчас",
  gameApi: "API игры",
  requests: "Запросы",
  noRequests: "Введите команду: здесь появится, что она запросила у Discord и у игры.",
  game: "Игра",
  noAnswer: "нет ответа",
  body: "что отправлено",
  troubles: {
    none: "работает",
    errors: "отвечает ошибкой (500)",
    slow: "отвечает медленно (2,5 с)",
    limited: "отказывает (429)",
    down: "недоступен",
  },
  deeds: { command: "команда", suggestions: "подсказки", component: "кнопка или меню", form: "форма" },
  outcomes: { cached: "из памяти", joined: "общий с таким же запросом", refused: "не отправлен" },
};

const spanish: Texts = {
  simulated: "Simulación: ni los precios ni las personas son reales",
  language: "Idioma",
  person: "Eres",
  messages: "Mensajes",
  welcome: "Escribe / para ver lo que sabe hacer el bot.",
  welcomeWithExamples: "Escribe / para ver lo que sabe hacer el bot, o prueba:",
  today: "Hoy a las",
  yesterday: "Ayer a las",
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
  choose: "Elige una opción",
  submit: "Enviar",
  cancel: "Cancelar",
  newMessages: "Mensajes nuevos ↓",
  openPicture: "Abrir imagen",
  close: "Cerrar",
  done: "Listo",
  fillIn: "Hay que rellenarlo",
  fieldLength: "Debe tener {range} caracteres",
  chooseRange: "Elige {range}",
  noFiles: "Desde esta página no se pueden enviar archivos: este se omite.",
  spoiler: "Spoiler",
  channels: "Canales",
  directMessages: "Mensajes directos",
  admin: "admin",
  openSidebar: "Canales y quién eres",
  openPanel: "Mundo y peticiones",
  themeSystem: "Tema: el del sistema",
  themeLight: "Tema: claro",
  themeDark: "Tema: oscuro",
  world: "Mundo simulado",
  speed: "Velocidad del tiempo",
  pause: "Pausa",
  emission: "Erupción",
  region: "Región",
  startEmission: "Iniciar ahora",
  gameApi: "La API del juego",
  requests: "Peticiones",
  noRequests: "Usa un comando: aquí verás lo que pide a Discord y al juego.",
  game: "Juego",
  noAnswer: "sin respuesta",
  body: "lo enviado",
  troubles: {
    none: "funciona",
    errors: "falla (500)",
    slow: "va lenta (2,5 s)",
    limited: "rechaza (429)",
    down: "está caída",
  },
  deeds: { command: "comando", suggestions: "sugerencias", component: "botón o menú", form: "formulario" },
  outcomes: { cached: "de memoria", joined: "compartida con otra igual", refused: "no enviada" },
};

const french: Texts = {
  simulated: "Simulation : ni les prix ni les personnes ne sont réels",
  language: "Langue",
  person: "Vous êtes",
  messages: "Messages",
  welcome: "Tapez / pour voir ce que le bot sait faire.",
  welcomeWithExamples: "Tapez / pour voir ce que le bot sait faire, ou essayez :",
  today: "Aujourd’hui à",
  yesterday: "Hier à",
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
  choose: "Faites un choix",
  submit: "Envoyer",
  cancel: "Annuler",
  newMessages: "Nouveaux messages ↓",
  openPicture: "Ouvrir l’image",
  close: "Fermer",
  done: "Terminé",
  fillIn: "Ce champ est à remplir",
  fieldLength: "Il faut {range} caractères",
  chooseRange: "Choisissez-en {range}",
  noFiles: "Cette page n’envoie pas de fichiers : celui-ci est omis.",
  spoiler: "Spoiler",
  channels: "Salons",
  directMessages: "Messages privés",
  admin: "admin",
  openSidebar: "Salons et qui vous êtes",
  openPanel: "Monde et requêtes",
  themeSystem: "Thème : celui du système",
  themeLight: "Thème : clair",
  themeDark: "Thème : sombre",
  world: "Monde simulé",
  speed: "Vitesse du temps",
  pause: "Pause",
  emission: "Éruption",
  region: "Région",
  startEmission: "Lancer maintenant",
  gameApi: "L’API du jeu",
  requests: "Requêtes",
  noRequests: "Utilisez une commande : ce qu’elle demande à Discord et au jeu s’affiche ici.",
  game: "Jeu",
  noAnswer: "sans réponse",
  body: "contenu envoyé",
  troubles: {
    none: "fonctionne",
    errors: "échoue (500)",
    slow: "est lente (2,5 s)",
    limited: "refuse (429)",
    down: "est en panne",
  },
  deeds: { command: "commande", suggestions: "suggestions", component: "bouton ou menu", form: "formulaire" },
  outcomes: { cached: "de mémoire", joined: "partagée avec une requête identique", refused: "non envoyée" },
};

const korean: Texts = {
  simulated: "시뮬레이션: 실제 가격도 실제 사람도 아닙니다",
  language: "언어",
  person: "사용자",
  messages: "메시지",
  welcome: "/를 입력하면 봇의 기능을 볼 수 있습니다.",
  welcomeWithExamples: "/를 입력하면 봇의 기능을 볼 수 있습니다. 예시:",
  today: "오늘",
  yesterday: "어제",
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
  choose: "선택하세요",
  submit: "제출",
  cancel: "취소",
  newMessages: "새 메시지 ↓",
  openPicture: "이미지 열기",
  close: "닫기",
  done: "완료",
  fillIn: "반드시 입력해야 합니다",
  fieldLength: "{range}자여야 합니다",
  chooseRange: "{range}개 선택",
  noFiles: "이 페이지에서는 파일을 보낼 수 없어 비워 둡니다.",
  spoiler: "스포일러",
  channels: "채널",
  directMessages: "다이렉트 메시지",
  admin: "관리자",
  openSidebar: "채널과 사용자",
  openPanel: "월드와 요청",
  themeSystem: "테마: 시스템 설정",
  themeLight: "테마: 밝게",
  themeDark: "테마: 어둡게",
  world: "시뮬레이션 월드",
  speed: "시간 속도",
  pause: "일시정지",
  emission: "분화",
  region: "지역",
  startEmission: "지금 시작",
  gameApi: "게임 API",
  requests: "요청",
  noRequests: "명령어를 사용하면 Discord와 게임에 보낸 요청이 여기에 표시됩니다.",
  game: "게임",
  noAnswer: "응답 없음",
  body: "보낸 내용",
  troubles: { none: "정상", errors: "오류 (500)", slow: "느림 (2.5초)", limited: "거부 (429)", down: "중단" },
  deeds: { command: "명령어", suggestions: "자동 완성", component: "버튼 또는 메뉴", form: "양식" },
  outcomes: { cached: "캐시에서", joined: "같은 요청과 공유", refused: "보내지 않음" },
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
