(function(){var b=document.body,t=document.querySelector('.tip');
document.querySelectorAll('.bar input').forEach(function(i){i.onchange=function(){b.classList.toggle('no-'+i.name,!i.checked)}});
document.querySelector('.bar button').onclick=function(){var j=b.classList.contains('ja');b.classList.toggle('ja',!j);b.classList.toggle('en',j)};
function mark(id,on){document.querySelectorAll('[data-in~="'+id+'"]').forEach(function(x){x.classList.toggle('on',on)})}
document.querySelectorAll('[data-id]').forEach(function(c){c.onmouseenter=function(){mark(c.dataset.id,true)};c.onmouseleave=function(){mark(c.dataset.id,false)}});
document.addEventListener('mousemove',function(e){var x=e.target.closest&&e.target.closest('[data-l]');if(!x){t.style.display='none';return}
t.textContent=x.dataset.l;t.style.display='block';var w=t.offsetWidth,h=t.offsetHeight;
t.style.left=Math.max(6,Math.min(innerWidth-w-8,e.clientX+12))+'px';t.style.top=(e.clientY+18+h>innerHeight?e.clientY-h-10:e.clientY+18)+'px'})})();
