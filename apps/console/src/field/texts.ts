/** What the phone says, in two parts and two languages: each is fetched when it is needed first. */
export const texts = {
  first: {
    'zh-CN': () => import('../locales/zh-CN/phone.js'),
    en: () => import('../locales/en/phone.js'),
  },
  more: {
    'zh-CN': () => import('../locales/zh-CN/phone-more.js'),
    en: () => import('../locales/en/phone-more.js'),
  },
};
