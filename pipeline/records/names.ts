/** Whether the texts of a column are names of people: shaped like names, and a first name that many have is in a good part of them. */
export function areNamesOfPeople (texts: readonly string[]): boolean {
  const listed = texts.filter(hasFirstName).length
  return listed >= fewestListed && listed >= listedShare * texts.length && texts.filter(isShapedLikeName).length >= shapedShare * texts.length
}

/** Whether a text says a first name, alone or beside one family name: „Anna“, „Müller, Anna“, „Anna Müller“. */
export function hasFirstName (text: string): boolean {
  return isShapedLikeName(text) && wordsOf(text).some(word => firstNames.has(word) || word.split('-').every(part => firstNames.has(part)))
}

/** Two words without digits, or one; „Neustadt Nord“ has that shape too. */
export function isShapedLikeName (text: string): boolean {
  return /^(?:\p{L}[\p{L}'’-]+|(?:\p{Ll}+ )*\p{L}[\p{L}'’-]+, ?\p{L}[\p{L}'’-]+(?: \p{L}[\p{L}'’.-]*)?|\p{L}[\p{L}'’-]+ +\p{L}[\p{L}'’-]+)$/u.test(text)
}

/** One name says nothing: a quarter may be called Maria. */
const fewestListed = 2
/** The list below has about half of the people of a town; of names of areas it has none. */
const listedShare = 0.25
const shapedShare = 0.8

function wordsOf (text: string): string[] {
  return text.toLowerCase().normalize('NFC').split(/[\s,]+/)
}

/** Common in Germany, of German, Turkish, Polish, Russian and Arabic origin. Names of months (Jan, August) are left out. */
const firstNames: ReadonlySet<string> = new Set([
  'alexander andreas anton ben bernd bernhard christian christoph daniel david dieter dirk elias emil erik felix finn florian frank georg gerhard günter günther hans heinrich heinz helmut henry holger horst jakob jens joachim johannes jonas josef jörg jürgen kai karl klaus kurt lars leon lukas manfred marcel marco marcus markus martin matthias max maximilian michael moritz nico niklas noah oliver oskar patrick paul peter philipp rainer ralf robert rolf rudolf sebastian simon stefan stephan sven thomas thorsten tim tobias tom torsten ulrich uwe volker walter werner wolfgang',
  'alina andrea angela angelika anja anke anna anne annika antje barbara bettina birgit brigitte carla christa christina christine claudia clara cornelia daniela doris elena elisabeth elke emilia emma erika eva franziska frieda gabriele gerda gisela greta hanna hannah heike helga ida ilse ines inge ingrid jana johanna julia karin katharina katja kerstin klara kristina lara laura lea lena leni lina lisa luisa manuela maria marie marion martina melanie mia michaela mila monika nadine nicole nina paula petra renate sabine sandra sara sarah silke simone sofia sonja sophia sophie stefanie stephanie susanne tanja ulrike ursula ute vanessa waltraud wanda yvonne',
  'ahmed ahmet ali ayşe ayse can elif emine emre fatima fatma hasan hatice hüseyin ibrahim kemal leyla mehmet merve mohamed mohammed muhammad murat mustafa omar osman ömer yasin yusuf zeynep',
  'agnieszka andrzej beata dariusz dmitri ewa grzegorz igor irina ivan jolanta katarzyna krzysztof magdalena małgorzata malgorzata marek mariusz natalia oksana olena olga pawel paweł piotr svetlana tatjana tomasz wojciech',
].flatMap(names => names.split(' ')))
