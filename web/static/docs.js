/* The API's handbook: swagger-ui from this host, no validator badge from elsewhere. */
window.SwaggerUIBundle({
  url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis], layout: 'BaseLayout',
});
