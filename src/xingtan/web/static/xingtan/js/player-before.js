/* Before video.js: it may not write a style element of its own (strict CSP). */
window.VIDEOJS_NO_DYNAMIC_STYLE = true;
