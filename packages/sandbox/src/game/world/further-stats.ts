/**
 * The less common of the game's statistics, a line each: id, mean gain in an hour of play, and this world's own words in
 * Russian, English, Spanish, French and Korean. Above each group stand type and category.
 */
export const FURTHER_STATS = `
INTEGER SURVIVAL
exp-kil | 0.09 | Побеждено взрывом | Beaten by blast | Vencidos por explosión | Vaincus par explosion | 폭발 처치
kni-kil | 0.04 | Побеждено ножом | Beaten by knife | Vencidos a cuchillo | Vaincus au couteau | 칼 처치
col-dea | 0.05 | Гибель от клинка | Died of a blade | Muerte por filo | Mort par lame | 칼날 사망
exp-dea | 0.12 | Гибель от взрыва | Died of a blast | Muerte por explosión | Mort par explosion | 폭발 사망
fal-dea | 0.06 | Гибель при падении | Died of a fall | Muerte por caída | Mort par chute | 추락 사망
suf-dea | 0.01 | Гибель без воздуха | Died without air | Muerte sin aire | Mort sans air | 질식 사망
rad-dea | 0.05 | Гибель от лучей | Died of radiation | Muerte por radiación | Mort par radiation | 방사능 사망
ble-to-dea | 0.08 | Гибель от ран | Died of wounds | Muerte por heridas | Mort par blessures | 출혈 사망
suicides | 0.02 | Гибель по своей вине | Own fault | Por culpa propia | Par sa faute | 자신의 실수
fun-ano-dea | 0.03 | Гибель в воронке | Died in a funnel | Muerte en el embudo | Mort dans l’entonnoir | 깔때기 사망
car-ano-dea | 0.03 | Гибель в карусели | Died in a carousel | Muerte en el carrusel | Mort dans le carrousel | 회전 사망
kis-ano-dea | 0.03 | Гибель в киселе | Died in the jelly | Muerte en la gelatina | Mort dans la gelée | 젤리 사망
tra-ano-dea | 0.03 | Гибель на трамплине | Died on a springboard | Muerte en el resorte | Mort sur le ressort | 도약대 사망
lig-ano-dea | 0.03 | Гибель у огонька | Died at a flame | Muerte en la llama | Mort à la flamme | 불꽃 사망
ste-ano-dea | 0.03 | Гибель в пару | Died in steam | Muerte en el vapor | Mort dans la vapeur | 증기 사망
ele-ano-dea | 0.03 | Гибель от тока | Died of current | Muerte por corriente | Mort par le courant | 전류 사망
cir-ano-dea | 0.03 | Гибель в круге | Died in a ring | Muerte en el círculo | Mort dans le cercle | 원 사망
mut-pse-kil | 2.1 | Убито степных псов | Prairie dogs killed | Perros de estepa | Chiens des steppes | 초원 개
mut-dog-kil | 3.4 | Убито дворняг | Strays killed | Perros callejeros | Chiens errants | 들개
mut-flsh-kil | 2.6 | Убито свиней | Pigs killed | Cerdos | Cochons | 돼지
mut-psi-kil | 0.6 | Убито мороков | Phantoms killed | Espectros | Fantômes | 환영
mut-boar-kil | 2.4 | Убито секачей | Tuskers killed | Jabalíes | Sangliers | 멧돼지
mut-krv-kil | 0.7 | Убито кровососов | Leeches killed | Sanguijuelas | Sangsues | 흡혈귀
mut-elp-kil | 0.9 | Убито ползунов | Crawlers killed | Reptadores | Rampants | 기는 괴물
mut-gig-kil | 0.1 | Убито великанов | Giants killed | Gigantes | Géants | 거인
mut-tush-kil | 1.8 | Убито грызунов | Rodents killed | Roedores | Rongeurs | 설치류

INTEGER COMBAT
sho-bod | 96 | Попаданий в корпус | Hits to the body | Al cuerpo | Au corps | 몸통 명중
sho-lim | 43 | Попаданий в руки и ноги | Hits to arms and legs | A brazos y piernas | Aux bras et aux jambes | 팔다리 명중

DECIMAL COMBAT
dam-rec-pla | 1900 | Урон от игроков | Damage by players | Daño de jugadores | Dégâts des joueurs | 플레이어가 준 피해
dam-exp | 210 | Урон взрывами | Damage by blasts | Daño por explosión | Dégâts par explosion | 폭발 피해

INTEGER EXPLORATION
dun-pas | 0.04 | Пройдено подземелий | Dungeons done | Mazmorras | Donjons finis | 던전
med-sup-use | 3.6 | Выпито лекарств | Medicine taken | Medicinas tomadas | Remèdes pris | 사용한 약
raffle-tickets-ny22 | 0.02 | Праздничных билетов | Festive tickets | Boletos festivos | Billets de fête | 축제 표
blizzard-won | 0.01 | Пережито метелей | Snowstorms outlived | Ventiscas | Tempêtes vécues | 견딘 눈보라
air-drops-fnd | 0.07 | Найдено посылок с неба | Sky crates found | Cajas del cielo | Caisses du ciel | 하늘 상자 발견
air-drops-hckd | 0.03 | Вскрыто посылок с неба | Sky crates opened | Cajas abiertas | Caisses ouvertes | 하늘 상자 열기
mining-count | 0.2 | Раскопок | Digs | Excavaciones | Fouilles | 발굴
scr-thr | 9 | Брошено болтов в траву | Bolts tossed | Tornillos | Boulons | 던진 볼트
scn-cnt | 0.5 | Проб взято | Samples scanned | Escaneos | Analyses | 스캔
sgn-fnd | 0.3 | Сигналов поймано | Signals caught | Señales | Signaux | 신호
gui-ent | 0.004 | Смен стороны | Sides joined | Bandos | Camps rejoints | 가입한 진영
unit-ent | 0.004 | Смен отряда | Units joined | Unidades | Unités rejointes | 가입한 부대
cha-mes-sen | 6 | Слов в эфире | Lines in chat | Mensajes | Messages | 채팅
dai-que-fin | 0.4 | Поручений дня | Tasks of the day | Tareas del día | Tâches du jour | 일일 임무

DECIMAL EXPLORATION
dis-cra | 9000 | Пройдено на животе | Crawled | Recorrido arrastrándose | Parcouru en rampant | 기어간 거리
dis-air | 6000 | Пролетел вниз | Fallen | Caído | Tombé | 떨어진 거리
foo-eat | 1.9 | Съедено | Meals eaten | Comidas | Repas | 먹은 음식
tpacks-distance | 30000 | Пройдено с тюком | Walked with a pack | Recorrido con fardo | Parcouru avec un ballot | 짐 지고 걸은 거리

INTEGER ECONOMY
ite-cra | 1.1 | Сделано вещей | Things made | Cosas hechas | Objets faits | 만든 물건
back-fix | 0.05 | Зашито рюкзаков | Bags mended | Mochilas | Sacs réparés | 고친 가방
wea-fix | 0.9 | Починено стволов | Guns mended | Armas | Armes réparées | 고친 무기
arm-fix | 0.8 | Починено костюмов | Suits mended | Trajes | Tenues réparées | 고친 방어구
tpacks-delivered | 0.08 | Довезено тюков | Packs brought | Fardos entregados | Ballots livrés | 배달한 짐
tpacks-inter | 0.01 | Отбито тюков | Packs taken | Fardos tomados | Ballots pris | 빼앗은 짐
tpacks-craft | 0.1 | Собрано тюков | Packs made | Fardos hechos | Ballots faits | 만든 짐
tpacks-money | 4000 | Выручка за тюки | Earned with packs | Ganado con fardos | Gagné avec les ballots | 짐으로 번 돈
tpacks-money-w | 1500 | Потрачено на тюки | Spent on packs | Gastado en fardos | Dépensé en ballots | 짐에 쓴 돈
suc-equ-upg | 0.09 | Удачных улучшений | Improvements that held | Mejoras buenas | Améliorations réussies | 성공한 강화
mon-gai-tra | 21000 | Выручка у торговцев | Earned at traders | Ganado con comerciantes | Gagné chez les marchands | 상인에게 번 돈
mon-gai-que | 16000 | Получено за задания | Earned with tasks | Ganado con tareas | Gagné avec les tâches | 임무로 번 돈
mon-gai-dro | 2600 | Подобрано денег | Money picked up | Dinero hallado | Argent ramassé | 주운 돈
ite-bou-tra | 2.3 | Куплено у торговцев | Bought at traders | Compras | Achats | 상인 구매
ite-sol-tra | 7 | Сдано торговцам | Sold to traders | Ventas | Ventes | 상인 판매

INTEGER HIDEOUT
hid-wrk-crft | 0.3 | Сделано на верстаке | Made at the bench | En el banco | À l’établi | 작업대 제작
hid-lab-crft | 0.2 | Сделано в лаборатории | Made in the lab | En el laboratorio | Au laboratoire | 실험실 제작
hid-enrg | 140 | Потрачено тока | Power used | Energía usada | Énergie utilisée | 사용한 전력
hid-plc | 0.1 | Поставлено вещей | Things put up | Cosas puestas | Objets posés | 놓은 물건
hid-mat-mon | 9000 | Потрачено сырья | Worth of stuff used | Material gastado | Matières utilisées | 쓴 재료값

INTEGER SESSION_MODES
incident-part | 0.01 | Вылазок с разведкой | Sorties | Salidas | Sorties | 정찰 출격
incident-win | 0.006 | Удачных вылазок | Good sorties | Salidas logradas | Sorties réussies | 성공한 출격
big-cleanup-completed-ops | 0.06 | Рейдов в цех | Works raids | Incursiones al taller | Raids à l’atelier | 작업장 작전
focus-completed-ops | 0.05 | Рейдов в фокус | Focus raids | Incursiones al foco | Raids au foyer | 초점 작전
kills-ops | 18 | Побеждено в рейдах | Beaten in raids | Vencidos en incursiones | Vaincus en raid | 작전 처치
big-cleanup-max-key-ops | 0.006 | Лучший ключ цеха | Best works key | Mejor llave del taller | Meilleure clé d’atelier | 작업장 최고 열쇠
focus-max-key-ops | 0.006 | Лучший ключ фокуса | Best focus key | Mejor llave del foco | Meilleure clé du foyer | 초점 최고 열쇠
sea-alienation-max-key-ops | 0.005 | Лучший ключ моря | Best sea key | Mejor llave del mar | Meilleure clé de la mer | 바다 최고 열쇠
support-grenades-used-ops | 0.4 | Лечебных гранат | Healing grenades | Granadas curativas | Grenades de soin | 치료 수류탄
part-bf | 0.2 | Боёв за рубеж | Line battles | Combates de línea | Combats de ligne | 전선 경기
won-bf | 0.1 | Выиграно боёв за рубеж | Line battles won | Combates ganados | Combats gagnés | 전선 승리
lost-bf | 0.1 | Проиграно боёв за рубеж | Line battles lost | Combates perdidos | Combats perdus | 전선 패배
kills-bf | 1.4 | Побеждено в боях за рубеж | Beaten in line battles | Vencidos en línea | Vaincus en ligne | 전선 처치
deaths-bf | 1.3 | Гибелей в боях за рубеж | Died in line battles | Muertes en línea | Morts en ligne | 전선 사망
gg-won | 0.01 | Выиграно гонок | Races won | Carreras ganadas | Courses gagnées | 경주 승리
fights-part | 0.06 | Дуэлей | Duels | Duelos | Duels | 결투
won-fights-equal | 0.02 | Выиграно честных дуэлей | Even duels won | Duelos parejos | Duels égaux gagnés | 대등한 결투 승리
won-fights-personal | 0.01 | Выиграно дуэлей со своим | Own gear duels won | Duelos con lo propio | Duels avec son matériel | 자기 장비 결투 승리
earned-on-arenas | 700 | Выигрыш на тотализаторе | Won at the stands | Ganado en gradas | Gagné en tribune | 관중석에서 딴 돈
br-count | 0.05 | Больших охот | Great hunts | Grandes cacerías | Grandes chasses | 대사냥
br-won | 0.004 | Выиграно больших охот | Great hunts won | Cacerías ganadas | Chasses gagnées | 대사냥 승리
br-kills | 0.08 | Побеждено в охоте | Beaten in hunts | Vencidos en cacería | Vaincus à la chasse | 사냥 처치
br-tasks | 0.1 | Поручений охоты | Hunt tasks | Tareas de cacería | Tâches de chasse | 사냥 임무
ravent-count | 0.03 | Матчей у ворона | Raven matches | Partidas del cuervo | Matchs du corbeau | 까마귀 경기
ravent-won | 0.01 | Побед у ворона | Raven wins | Victorias del cuervo | Victoires du corbeau | 까마귀 승리
pres-plays | 0.12 | Матчей рейтинга | Ranked matches | Partidas de rango | Matchs classés | 등급전
pres-wins | 0.06 | Побед рейтинга | Ranked wins | Victorias de rango | Victoires classées | 등급전 승리
pres-kills | 0.7 | Побеждено в рейтинге | Beaten in ranked | Vencidos en rango | Vaincus en classé | 등급전 처치
pres-deaths | 0.6 | Гибелей в рейтинге | Died in ranked | Muertes en rango | Morts en classé | 등급전 사망
pres-captures | 0.2 | Взято точек | Points taken | Puntos tomados | Points pris | 점령 지점
pres-bat-plc | 0.1 | Вставлено батарей | Batteries put in | Baterías puestas | Batteries posées | 넣은 배터리
pres-recharged | 0.05 | Заряжено машин | Machines charged | Máquinas cargadas | Machines chargées | 충전한 기계
pres-plr-spot | 0.5 | Замечено врагов | Foes spotted | Enemigos vistos | Ennemis repérés | 발견한 적
pres-cmbt-pts | 90 | Очков боя | Combat score | Puntos de combate | Score de combat | 전투 점수
pres-sup-pts | 40 | Очков поддержки | Support score | Puntos de apoyo | Score de soutien | 지원 점수
pres-ctrl-pts | 60 | Очков захвата | Control score | Puntos de control | Score de contrôle | 점령 점수
pres-revives | 0.2 | Поднято своих | Mates revived | Aliados reanimados | Alliés relevés | 살린 동료

DECIMAL SESSION_MODES
scout-powerful-shot-damage-ops | 800 | Урон меткого выстрела | Marksman damage | Daño del tirador | Dégâts du tireur | 저격 피해
scout-powerful-shot-max-damage-ops | 6 | Лучший меткий выстрел | Best marksman shot | Mejor tiro | Meilleur tir | 최고 저격
support-healed-ops | 500 | Вылечено за рейды | Healed in raids | Curado en incursiones | Soigné en raid | 작전 치료
tank-damage-delayed-ops | 600 | Урона принято на щит | Damage held off | Daño aplazado | Dégâts retardés | 미룬 피해
tank-ultimate-max-damage-ops | 5 | Лучший удар оземь | Best ground slam | Mejor sacudida | Meilleure secousse | 최고 강타

INTEGER NONE
bas-cap-amo | 0.02
bas-def-amo | 0.01

DURATION NONE
bas-def-tim | 20000

SLIDING_MATCH_HISTORY NONE
arcade-match-hist | 0
`;
