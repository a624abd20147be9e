export default {
  iconLinks: [{ icon: 'book', href: '../index.html', title: 'The course' }],
};
