/** Words to make sentences of, a language a row; the pages of the throughput benchmark are made from them. */
export interface Wording {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly agency: string;
  readonly places: readonly [string, ...string[]];
  readonly people: readonly [string, ...string[]];
  readonly says: readonly [string, ...string[]];
  readonly subjects: readonly [string, ...string[]];
  readonly verbs: readonly [string, ...string[]];
  readonly objects: readonly [string, ...string[]];
  readonly times: readonly [string, ...string[]];
  readonly stop: string;
  readonly space: string;
}

export const WORDINGS: readonly [Wording, ...Wording[]] = [
  {
    tag: 'en', direction: 'ltr', agency: 'Reuters', stop: '.', space: ' ',
    places: ['GENEVA', 'NAIROBI', 'LISBON', 'MANILA', 'OSLO', 'ACCRA'],
    people: ['the minister of transport', 'a spokeswoman for the port authority', 'the head of the central bank', 'two members of the committee'],
    says: ['said on Tuesday that', 'told reporters that', 'confirmed in a statement that', 'wrote in a letter to the council that'],
    subjects: ['the new rail line', 'the fishing agreement', 'the budget for public schools', 'an inquiry into the flood', 'the harvest in the northern valleys'],
    verbs: ['would be extended to', 'is expected to change', 'has already reached', 'will be reviewed together with', 'could not be compared with'],
    objects: ['the villages along the coast', 'the rules that were agreed last year', 'the forecast of the weather service', 'a third of the households in the province'],
    times: ['before the end of the month', 'within the next ten days', 'after the summer recess', 'as soon as parliament has voted'],
  },
  {
    tag: 'es', direction: 'ltr', agency: 'EFE', stop: '.', space: ' ',
    places: ['MADRID', 'BOGOTÁ', 'LIMA', 'QUITO', 'MONTEVIDEO', 'SEVILLA'],
    people: ['la ministra de Agricultura', 'el presidente de la cámara', 'los vecinos del barrio antiguo', 'un portavoz del ayuntamiento'],
    says: ['dijo este martes que', 'aseguró ante la prensa que', 'explicó en un comunicado que', 'recordó durante la sesión que'],
    subjects: ['la nueva línea de tranvía', 'el acuerdo de pesca', 'la reforma de las pensiones', 'el informe sobre las lluvias'],
    verbs: ['llegará también a', 'no afectará por ahora a', 'deberá revisarse junto con', 'ha superado ya'],
    objects: ['los pueblos de la sierra', 'las previsiones del servicio meteorológico', 'las escuelas públicas de la provincia', 'el plazo que fijó el tribunal'],
    times: ['antes de que termine el mes', 'en los próximos diez días', 'después de las elecciones municipales', 'cuando lo apruebe el pleno'],
  },
  {
    tag: 'fr', direction: 'ltr', agency: 'AFP', stop: '.', space: ' ',
    places: ['PARIS', 'DAKAR', 'BRUXELLES', 'TUNIS', 'MONTRÉAL', 'LYON'],
    people: ['le ministre des Transports', 'la présidente du conseil régional', 'un porte-parole de la préfecture', 'les pêcheurs du vieux port'],
    says: ['a déclaré mardi que', 'a précisé dans un communiqué que', 'a rappelé devant les députés que', 'estime que'],
    subjects: ['la nouvelle ligne de tramway', "l'accord sur la pêche", 'le projet de loi sur les écoles', "l'enquête sur les inondations"],
    verbs: ['sera étendu à', 'pourrait modifier', 'ne concerne pas encore', 'devra être examiné avec'],
    objects: ['les villages de la vallée', 'les prévisions du service météorologique', "le budget voté l'an dernier", 'un tiers des foyers du département'],
    times: ['avant la fin du mois', 'dans les dix prochains jours', 'après la pause estivale', 'dès que le tribunal aura tranché'],
  },
  {
    tag: 'de', direction: 'ltr', agency: 'dpa', stop: '.', space: ' ',
    places: ['BERLIN', 'WIEN', 'HAMBURG', 'ZÜRICH', 'LEIPZIG', 'BREMEN'],
    people: ['die Verkehrsministerin', 'ein Sprecher der Hafenbehörde', 'der Vorsitzende des Ausschusses', 'zwei Anwohner der Altstadt'],
    says: ['sagte am Dienstag, dass', 'teilte schriftlich mit, dass', 'erklärte vor Journalisten, dass', 'erinnerte daran, dass'],
    subjects: ['die neue Bahnstrecke', 'das Abkommen über die Fischerei', 'der Haushalt für die Schulen', 'die Untersuchung des Hochwassers'],
    verbs: ['auch den Ort erreichen werde, ebenso', 'noch nicht gelte für', 'gemeinsam geprüft werde mit', 'bereits übertroffen habe'],
    objects: ['die Dörfer an der Küste', 'die Vorhersage des Wetterdienstes', 'die Regeln aus dem vergangenen Jahr', 'ein Drittel der Haushalte im Land'],
    times: ['noch vor dem Ende des Monats', 'in den nächsten zehn Tagen', 'nach der Sommerpause', 'sobald das Parlament zugestimmt hat'],
  },
  {
    tag: 'tr', direction: 'ltr', agency: 'AA', stop: '.', space: ' ',
    places: ['ANKARA', 'İZMİR', 'BURSA', 'TRABZON', 'KONYA', 'ADANA'],
    people: ['ulaştırma bakanı', 'liman idaresinin sözcüsü', 'belediye meclisi üyeleri', 'bölgedeki balıkçılar'],
    says: ['salı günü yaptığı açıklamada', 'gazetecilere verdiği demeçte', 'yazılı bir bildiride', 'mecliste yaptığı konuşmada'],
    subjects: ['yeni tramvay hattının', 'balıkçılık anlaşmasının', 'okullar için ayrılan bütçenin', 'sel felaketine ilişkin raporun'],
    verbs: ['yakında genişletileceğini ve', 'henüz kapsamadığını belirttiği', 'birlikte inceleneceği', 'şimdiden ulaştığını söylediği'],
    objects: ['kıyıdaki köyleri de etkileyeceğini söyledi', 'geçen yıl kabul edilen kuralları değiştireceğini bildirdi', 'ildeki hanelerin üçte birini ilgilendirdiğini anlattı'],
    times: ['ay sonundan önce', 'önümüzdeki on gün içinde', 'yaz tatilinden sonra', 'mahkeme kararını verdikten sonra'],
  },
  {
    tag: 'ru', direction: 'ltr', agency: 'ТАСС', stop: '.', space: ' ',
    places: ['МОСКВА', 'КАЗАНЬ', 'МИНСК', 'АСТАНА', 'ОМСК', 'ЕРЕВАН'],
    people: ['министр транспорта', 'представитель портовых властей', 'глава центрального банка', 'двое членов комитета'],
    says: ['сообщил во вторник, что', 'заявил журналистам, что', 'подтвердил в письме совету, что', 'напомнил на заседании, что'],
    subjects: ['новая железнодорожная линия', 'соглашение о рыболовстве', 'бюджет государственных школ', 'расследование причин наводнения'],
    verbs: ['охватит также', 'пока не касается', 'будет рассмотрено вместе с тем, что затрагивает', 'уже превысило'],
    objects: ['деревни на побережье', 'правила, принятые в прошлом году', 'прогноз метеорологической службы', 'треть домохозяйств области'],
    times: ['до конца месяца', 'в ближайшие десять дней', 'после летнего перерыва', 'как только проголосует парламент'],
  },
  {
    tag: 'ar', direction: 'rtl', agency: 'سانا', stop: '.', space: ' ',
    places: ['دمشق', 'القاهرة', 'بيروت', 'تونس', 'عمان', 'الرباط'],
    people: ['وزير النقل', 'المتحدث باسم سلطة المرفأ', 'رئيس المجلس البلدي', 'عدد من أعضاء اللجنة'],
    says: ['قال يوم الثلاثاء إن', 'أوضح للصحفيين أن', 'أكد في بيان أن', 'أشار خلال الجلسة إلى أن'],
    subjects: ['خط السكة الحديدية الجديد', 'اتفاق الصيد البحري', 'موازنة المدارس العامة', 'التحقيق في أسباب الفيضان'],
    verbs: ['سيشمل أيضا', 'لا يزال بعيدا عن', 'سيدرس مع', 'تجاوز بالفعل'],
    objects: ['القرى الواقعة على الساحل', 'القواعد التي أقرت العام الماضي', 'توقعات هيئة الأرصاد الجوية', 'ثلث الأسر في المحافظة'],
    times: ['قبل نهاية الشهر', 'خلال الأيام العشرة المقبلة', 'بعد العطلة الصيفية', 'فور تصويت البرلمان عليه'],
  },
  {
    tag: 'zh', direction: 'ltr', agency: '新华社', stop: '。', space: '',
    places: ['北京', '上海', '广州', '成都', '武汉', '西安'],
    people: ['交通部部长', '港务局发言人', '中央银行行长', '委员会的两名成员'],
    says: ['星期二表示，', '对记者说，', '在声明中确认，', '在会议上指出，'],
    subjects: ['新的铁路线', '渔业协定', '公立学校的预算', '对洪水原因的调查'],
    verbs: ['将延伸到', '目前还不涉及', '将结合其他方案一并审查并影响', '已经超过'],
    objects: ['沿海的村庄', '去年通过的规定', '气象部门的预报', '全省三分之一的家庭'],
    times: ['在本月底之前', '在今后十天之内', '在夏季休会之后', '在议会表决之后'],
  },
];
