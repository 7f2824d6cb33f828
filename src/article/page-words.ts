/** What a page calls itself when it is no article; folded, looked for in its title and headings. One row a language. */
export const ERROR_TITLES: Readonly<Record<string, readonly string[]>> = {
  en: ['404', '403', '500', '502', '503', '410', 'not found', 'page not found', 'error 404', 'access denied', 'forbidden', 'server error', 'bad gateway', 'service unavailable',
    'attention required', 'just a moment', 'page unavailable', 'this page isnt available', 'page cannot be found', 'page doesnt exist', 'are you a robot', 'something went wrong', 'site maintenance', 'request blocked'],
  de: ['seite nicht gefunden', 'nicht gefunden', 'fehler 404', 'zugriff verweigert', 'seite existiert nicht', 'wartungsarbeiten'],
  fr: ['page non trouvée', 'page introuvable', 'erreur 404', 'accès refusé'], es: ['página no encontrada', 'no encontrada', 'error 404', 'acceso denegado'],
  pt: ['página não encontrada', 'erro 404', 'acesso negado'], it: ['pagina non trovata', 'errore 404', 'accesso negato'], nl: ['pagina niet gevonden'], pl: ['nie znaleziono strony', 'strona nie istnieje', 'błąd 404'],
  cs: ['stránka nenalezena', 'stránka nebyla nalezena'], sv: ['sidan kunde inte hittas', 'sidan hittades inte'], da: ['siden blev ikke fundet', 'siden findes ikke'], no: ['siden ble ikke funnet', 'fant ikke siden'], fi: ['sivua ei löytynyt', 'sivua ei löydy'],
  ru: ['страница не найдена', 'ошибка 404', 'доступ запрещен', 'доступ запрещён'], uk: ['сторінку не знайдено', 'сторінка не знайдена'], el: ['η σελίδα δεν βρέθηκε', 'δεν βρέθηκε'], tr: ['sayfa bulunamadı', 'erişim engellendi'],
  ar: ['الصفحة غير موجودة', 'لم يتم العثور على الصفحة', 'خطأ 404'], fa: ['صفحه پیدا نشد', 'صفحه مورد نظر یافت نشد', 'یافت نشد'], he: ['הדף לא נמצא', 'העמוד לא נמצא'], hi: ['पृष्ठ नहीं मिला', 'पेज नहीं मिला'],
  ja: ['ページが見つかりません', 'お探しのページ', '見つかりませんでした'], ko: ['페이지를 찾을 수 없습니다', '존재하지 않는 페이지'], zh: ['页面不存在', '找不到页面', '页面未找到', '找不到網頁', '您访问的页面', '頁面不存在'], vi: ['không tìm thấy trang'], id: ['halaman tidak ditemukan'],
};

/** Titles of pages that only ask for consent. */
export const CONSENT_TITLES: Readonly<Record<string, readonly string[]>> = {
  en: ['before you continue', 'cookie consent', 'privacy settings', 'your privacy choices', 'we value your privacy', 'consent', 'cookie notice', 'manage your privacy', 'yahoo is part of'],
  de: ['ihre privatsphäre', 'datenschutzeinstellungen', 'cookie einstellungen', 'einwilligung', 'mit werbung weiterlesen', 'bevor sie fortfahren', 'zustimmung'],
  fr: ['avant de continuer', 'vos préférences', 'gestion des cookies', 'votre vie privée'], es: ['antes de continuar', 'su privacidad', 'configuración de cookies'], it: ['prima di continuare', 'la tua privacy'],
  nl: ['voordat je verdergaat', 'cookie instellingen', 'dpg media privacy gate'], pl: ['zanim przejdziesz', 'twoja prywatność', 'ustawienia prywatności'], pt: ['antes de continuar', 'a sua privacidade'],
  tr: ['gizliliğiniz', 'çerez ayarları'], ru: ['настройки конфиденциальности'],
};
