<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_US" sourcelanguage="en_US">
<context>
    <name>AccountSection</name>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>15 characters or more; several words in a row are easy to remember. It never runs out.</source>
        <translation>15 caracteres o más; varias palabras seguidas son fáciles de recordar. No caduca nunca.</translation>
    </message>
    <message>
        <source>Change the password …</source>
        <translation>Cambiar la contraseña …</translation>
    </message>
    <message>
        <source>Personal recovery code</source>
        <translation>Código de recuperación</translation>
    </message>
    <message>
        <source>The only way to a new password that keeps your signature key. Keep the card at home or in your own locked drawer; nobody can make another copy.</source>
        <translation>El único camino a una contraseña nueva que conserva su clave de firma. Guarde la tarjeta en casa o en su propio cajón con llave; nadie puede hacer otra copia.</translation>
    </message>
    <message>
        <source>With it you choose a new password yourself when you forgot yours. Keep the card at home or in your own locked drawer; nobody can make another copy.</source>
        <translation>Con él usted elige una contraseña nueva si olvidó la suya. Guarde la tarjeta en casa o en su propio cajón con llave; nadie puede hacer otra copia.</translation>
    </message>
    <message>
        <source>Make a recovery code …</source>
        <translation>Crear un código …</translation>
    </message>
    <message>
        <source>Signature key</source>
        <translation>Clave de firma</translation>
    </message>
    <message>
        <source>It signs in your name alone and opens only with your own password at each signature. A new one ends the old one; what that signed stays valid.</source>
        <translation>Firma solo en nombre de usted y se abre únicamente con su propia contraseña en cada firma. Una nueva pone fin a la anterior; lo que aquella firmó sigue siendo válido.</translation>
    </message>
    <message>
        <source>Make a signature key …</source>
        <translation>Crear una clave de firma …</translation>
    </message>
    <message>
        <source>Sign without it …</source>
        <translation>Firmar sin él …</translation>
    </message>
    <message>
        <source>Second factor: a key file on a stick</source>
        <translation>Segundo factor: archivo de clave</translation>
    </message>
    <message>
        <source>With it nobody signs with your password alone, not even who watched you type it. Your signature key is made anew with it, so that an older copy of the clinic, such as a backup, leads to none that counts. Keep a copy on a second stick: without it you cannot sign.</source>
        <translation>Con él nadie firma solo con su contraseña, ni siquiera quien le vio escribirla. Su clave de firma se crea de nuevo con él, para que una copia anterior de la clínica, como un respaldo, no lleve a ninguna que valga. Guarde una copia en otra memoria USB: sin el archivo no puede firmar.</translation>
    </message>
    <message>
        <source>Signing takes this file from now on, besides your password. Your signature key is made anew; the one until now gives its word for it and ends, and what it signed stays valid.</source>
        <translation>Desde ahora, para firmar hace falta este archivo además de su contraseña. Su clave de firma se crea de nuevo; la que tenía la avala y termina, y lo que firmó sigue siendo válido.</translation>
    </message>
    <message>
        <source>The clinic&apos;s fingerprint changes: print the new fingerprint sheet afterwards.</source>
        <translation>La huella de la clínica cambia: imprima después la nueva hoja de huella.</translation>
    </message>
    <message>
        <source>Your personal recovery code does not lead to the new key: make a new one afterwards.</source>
        <translation>Su código de recuperación personal no lleva a la clave nueva: cree uno nuevo después.</translation>
    </message>
    <message>
        <source>The clinic&apos;s fingerprint is now {fingerprint}. Print the new sheet: Settings, Keys and recovery.</source>
        <translation>La huella de la clínica es ahora {fingerprint}. Imprima la hoja nueva: Ajustes, Claves y recuperación.</translation>
    </message>
    <message>
        <source>Your keys were made anew, and those of before have ended in the log.</source>
        <translation>Sus claves se crearon de nuevo, y las anteriores terminaron en la bitácora.</translation>
    </message>
    <message>
        <source>Change the database key now: Settings, Keys and recovery.</source>
        <translation>Cambie ahora la clave de la base de datos: Ajustes, Claves y recuperación.</translation>
    </message>
    <message>
        <source>Have an administrator change the database key: Today reminds of it.</source>
        <translation>Pida a la administración que cambie la clave de la base de datos: Hoy lo recuerda.</translation>
    </message>
    <message>
        <source>Ticked, your keys are made anew, so that nothing that comes out of a backup signs in your name, and the database key is to be changed.</source>
        <translation>Si lo marca, sus claves se crean de nuevo, para que nada que salga de un respaldo firme en su nombre, y hay que cambiar la clave de la base de datos.</translation>
    </message>
    <message>
        <source>Make a key file …</source>
        <translation>Crear un archivo de clave …</translation>
    </message>
    <message>
        <source>Change your password</source>
        <translation>Cambiar su contraseña</translation>
    </message>
    <message>
        <source>The keys that were made with the password until now are replaced by new ones.</source>
        <translation>Las claves hechas con la contraseña anterior se reemplazan por otras nuevas.</translation>
    </message>
    <message>
        <source>All your keys stay as they are, unless you tick the box below. With an older copy of the key file, such as a backup&apos;s, the old password still opens that backup, and this clinic until its database key is changed.</source>
        <translation>Todas sus claves quedan como están, salvo que marque la casilla de abajo. Con una copia anterior del archivo de claves, como la de un respaldo, la contraseña anterior sigue abriendo ese respaldo, y también esta clínica hasta que se cambie la clave de su base de datos.</translation>
    </message>
    <message>
        <source>The password until now</source>
        <translation>La contraseña actual</translation>
    </message>
    <message>
        <source>The new password</source>
        <translation>La contraseña nueva</translation>
    </message>
    <message>
        <source>Somebody else may know the old password</source>
        <translation>Otra persona puede saber la contraseña anterior</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Cambiarla</translation>
    </message>
    <message>
        <source>Your new password holds from now on.</source>
        <translation>Su contraseña nueva vale desde ahora.</translation>
    </message>
    <message>
        <source>Your recovery code ended with them: make a new one.</source>
        <translation>Su código de recuperación terminó con ellas: cree uno nuevo.</translation>
    </message>
    <message>
        <source>Changing your password</source>
        <translation>Cambiando su contraseña</translation>
    </message>
    <message>
        <source>Make your recovery code</source>
        <translation>Crear su código de recuperación</translation>
    </message>
    <message>
        <source>A card of one page is written. Print it and delete the file: who holds it is you.</source>
        <translation>Se escribe una tarjeta de una página. Imprímala y borre el archivo: quien la tenga puede hacerse pasar por usted.</translation>
    </message>
    <message>
        <source>The code that you have now opens the key file of today no more. With an older one, such as a backup&apos;s, it still opens that backup, and this clinic until its database key is changed.</source>
        <translation>El código que tiene ahora ya no abre el archivo de claves de hoy. Con uno anterior, como el de un respaldo, sigue abriendo ese respaldo, y también esta clínica hasta que se cambie la clave de su base de datos.</translation>
    </message>
    <message>
        <source>Write the card to</source>
        <translation>Escribir la tarjeta en</translation>
    </message>
    <message>
        <source>Somebody else may have the old code</source>
        <translation>Otra persona puede tener el código anterior</translation>
    </message>
    <message>
        <source>Make the code</source>
        <translation>Crear el código</translation>
    </message>
    <message>
        <source>Your recovery code is made.</source>
        <translation>Su código de recuperación está hecho.</translation>
    </message>
    <message>
        <source>Making your recovery code</source>
        <translation>Creando su código de recuperación</translation>
    </message>
    <message>
        <source>Write the key file to</source>
        <translation>Escribir el archivo de clave en</translation>
    </message>
    <message>
        <source>On a stick of your own, not on this PC.</source>
        <translation>En una memoria USB suya, no en esta computadora.</translation>
    </message>
    <message>
        <source>Make a key file for signing</source>
        <translation>Crear un archivo de clave para firmar</translation>
    </message>
    <message>
        <source>Make the key file</source>
        <translation>Crear el archivo de clave</translation>
    </message>
    <message>
        <source>Sign without a key file</source>
        <translation>Firmar sin archivo de clave</translation>
    </message>
    <message>
        <source>Signing takes your password alone from now on. Your key stays the same.</source>
        <translation>Desde ahora, para firmar basta su contraseña. Su clave sigue siendo la misma.</translation>
    </message>
    <message>
        <source>Your personal recovery code takes the key file too, so it ends: make a new one afterwards.</source>
        <translation>Su código de recuperación personal también necesita el archivo de clave, así que termina: cree uno nuevo después.</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>Quitarlo</translation>
    </message>
    <message>
        <source>Signing takes your password alone from now on.</source>
        <translation>Desde ahora, para firmar basta su contraseña.</translation>
    </message>
    <message>
        <source>Signing takes {file} from now on: keep it on a stick of your own.</source>
        <translation>Desde ahora, para firmar hace falta {file}: guárdelo en una memoria USB suya.</translation>
    </message>
    <message>
        <source>Now make a new recovery code.</source>
        <translation>Ahora cree un nuevo código de recuperación.</translation>
    </message>
    <message>
        <source>You have no recovery code: make one.</source>
        <translation>No tiene código de recuperación: cree uno.</translation>
    </message>
    <message>
        <source>Making the key file</source>
        <translation>Creando el archivo de clave</translation>
    </message>
    <message>
        <source>Taking the key file away</source>
        <translation>Quitando el archivo de clave</translation>
    </message>
    <message>
        <source>A new signature key is made for {name}.</source>
        <translation>Se crea una clave de firma nueva para {name}.</translation>
    </message>
    <message>
        <source>Your present key is revoked in the log; what it signed stays valid.</source>
        <translation>Su clave actual se revoca en la bitácora; lo que firmó sigue siendo válido.</translation>
    </message>
    <message>
        <source>The clinic&apos;s fingerprint changes: print the new fingerprint sheet afterwards. A second person confirms, with their own log-in, that it is you: somebody whose password did not come from whoever gave you yours. Leave both empty if there is nobody; the log then says so, and after a reset the key waits three days.</source>
        <translation>La huella de la clínica cambia: imprima después la nueva hoja de huella. Una segunda persona confirma, con su propio inicio de sesión, que es usted: alguien cuya contraseña no venga de quien le dio la suya. Deje los dos campos vacíos si no hay nadie; la bitácora lo dirá, y después de un restablecimiento la clave espera tres días.</translation>
    </message>
    <message>
        <source>Second person: user name</source>
        <translation>Segunda persona: nombre de usuario</translation>
    </message>
    <message>
        <source>Second person: password, typed by them</source>
        <translation>Segunda persona: contraseña, escrita por ella</translation>
    </message>
    <message>
        <source>Make a signature key</source>
        <translation>Crear una clave de firma</translation>
    </message>
    <message>
        <source>Make the key</source>
        <translation>Crear la clave</translation>
    </message>
    <message>
        <source>The key is made and registered.</source>
        <translation>La clave está hecha y registrada.</translation>
    </message>
    <message>
        <source>Nobody else could confirm whose key this is. The check, Today and every bundle say so for as long as it is in force.</source>
        <translation>Nadie más pudo confirmar de quién es esta clave. La revisión, Hoy y cada paquete lo dirán mientras esté vigente.</translation>
    </message>
    <message>
        <source>Making the signature key</source>
        <translation>Creando la clave de firma</translation>
    </message>
    <message>
        <source>Your key file</source>
        <translation>Su archivo de clave</translation>
    </message>
    <message>
        <source>Plug in the stick that it is on.</source>
        <translation>Conecte la memoria USB en la que está.</translation>
    </message>
    <message>
        <source>Made by somebody else</source>
        <translation>Hecha por otra persona</translation>
    </message>
    <message>
        <source>After your own password</source>
        <translation>Después de su propia contraseña</translation>
    </message>
    <message>
        <source>Yours alone</source>
        <translation>Solo suya</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>Vigente</translation>
    </message>
    <message>
        <source>You have none and cannot sign</source>
        <translation>No tiene ninguna y no puede firmar</translation>
    </message>
    <message>
        <source>In use: {name}</source>
        <translation>En uso: {name}</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>No se usa</translation>
    </message>
    <message>
        <source>You have none</source>
        <translation>No tiene ninguno</translation>
    </message>
    <message>
        <source>Does not reach your signature key</source>
        <translation>No llega a su clave de firma</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Hecho</translation>
    </message>
</context>
<context>
    <name>Amending</name>
    <message>
        <source>Addendum to visit {number}</source>
        <translation>Adenda a la visita {number}</translation>
    </message>
    <message>
        <source>Correct visit {number}</source>
        <translation>Corregir la visita {number}</translation>
    </message>
    <message>
        <source>Late entry to visit {number}</source>
        <translation>Anotación tardía en la visita {number}</translation>
    </message>
    <message>
        <source>Visit {number}: wrong patient</source>
        <translation>Visita {number}: paciente equivocado</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Firmar</translation>
    </message>
    <message>
        <source>{number}: amendment {count} signed</source>
        <translation>{number}: enmienda {count} firmada</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Firmando</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>What is added</source>
        <translation>Lo que se agrega</translation>
    </message>
    <message>
        <source>Day on which it happened</source>
        <translation>Día en que ocurrió</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Field, and what it says</source>
        <translation>Campo, y lo que dice</translation>
    </message>
    <message>
        <source>What is right</source>
        <translation>Lo correcto</translation>
    </message>
    <message>
        <source>It is to be left empty</source>
        <translation>Debe quedar vacío</translation>
    </message>
    <message>
        <source>Record number of whose visit it is</source>
        <translation>Número de expediente de quien es la visita</translation>
    </message>
    <message>
        <source>Leave it empty where nobody knows yet. Nothing is moved or deleted.</source>
        <translation>Déjelo vacío si aún no se sabe. Nada se mueve ni se borra.</translation>
    </message>
    <message>
        <source>Marked as seen</source>
        <translation>Marcada como vista</translation>
    </message>
</context>
<context>
    <name>AreaMap</name>
    <message>
        <source>Map of the areas</source>
        <translation>Mapa de las zonas</translation>
    </message>
    <message>
        <source>To the next or last area</source>
        <translation>A la zona siguiente o anterior</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letra</translation>
    </message>
    <message>
        <source>To the next area that begins with it</source>
        <translation>A la siguiente zona que empieza con ella</translation>
    </message>
    <message>
        <source>To the line of this area, or a new one</source>
        <translation>A la línea de esta zona, o a una nueva</translation>
    </message>
    <message>
        <source>Patient&apos;s right</source>
        <translation>Derecha del paciente</translation>
    </message>
    <message>
        <source>Patient&apos;s left</source>
        <translation>Izquierda del paciente</translation>
    </message>
</context>
<context>
    <name>AskSheet</name>
    <message>
        <source>Your own password, typed for this</source>
        <translation>Su propia contraseña, escrita para esto</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Elegir …</translation>
    </message>
    <message>
        <source>Fill this in.</source>
        <translation>Complete este campo.</translation>
    </message>
</context>
<context>
    <name>Authorise</name>
    <message>
        <source>Authorise off-label use</source>
        <translation>Autorizar un uso fuera de etiqueta</translation>
    </message>
    <message>
        <source>It becomes a draft. It counts once the director has signed it.</source>
        <translation>Queda como borrador. Cuenta cuando la dirección lo haya firmado.</translation>
    </message>
    <message>
        <source>What it lets pass</source>
        <translation>Qué deja pasar</translation>
    </message>
    <message>
        <source>For the service</source>
        <translation>Para el servicio</translation>
    </message>
    <message>
        <source>Products on the skin</source>
        <translation>Productos sobre la piel</translation>
    </message>
    <message>
        <source>Off-label topical alone: commas between. Empty: PRP.</source>
        <translation>Solo para tópicos fuera de etiqueta: separe con comas. Vacío: PRP.</translation>
    </message>
    <message>
        <source>Only this patient, by record number</source>
        <translation>Solo este paciente, por número de expediente</translation>
    </message>
    <message>
        <source>Empty: every patient of the service.</source>
        <translation>Vacío: todos los pacientes del servicio.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Hasta</translation>
    </message>
    <message>
        <source>What is authorised and why</source>
        <translation>Qué se autoriza y por qué</translation>
    </message>
    <message>
        <source>Save as draft</source>
        <translation>Guardar como borrador</translation>
    </message>
</context>
<context>
    <name>BackupsSection</name>
    <message>
        <source>Backups</source>
        <translation>Respaldos</translation>
    </message>
    <message>
        <source>Each is encrypted and is proven by opening it: every page, row, log entry and signature.</source>
        <translation>Cada uno está cifrado y se comprueba abriéndolo: cada página, fila, entrada de la bitácora y firma.</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>Aún no hay respaldos</translation>
    </message>
    <message>
        <source>Press Back up now to make the first one.</source>
        <translation>Oprima Respaldar ahora para hacer el primero.</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Respaldar ahora</translation>
    </message>
    <message>
        <source>Check this one</source>
        <translation>Revisar este</translation>
    </message>
    <message>
        <source>Keep for ever</source>
        <translation>Conservar siempre</translation>
    </message>
    <message>
        <source>Restore drill …</source>
        <translation>Simulacro …</translation>
    </message>
    <message>
        <source>Drill with the sheet …</source>
        <translation>Simulacro con la hoja …</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Backups are also made while people work; nobody has to wait.</source>
        <translation>También se hacen respaldos mientras se trabaja; nadie tiene que esperar.</translation>
    </message>
    <message>
        <source>Folder or removable disk</source>
        <translation>Carpeta o disco</translation>
    </message>
    <message>
        <source>Empty: in the clinic&apos;s own folder on this PC.</source>
        <translation>Vacío: en la carpeta propia de la clínica en esta computadora.</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Elegir …</translation>
    </message>
    <message>
        <source> h</source>
        <translation> h</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Cada</translation>
    </message>
    <message>
        <source>Days kept</source>
        <translation>Días guardados</translation>
    </message>
    <message>
        <source>Weeks kept</source>
        <translation>Semanas guardadas</translation>
    </message>
    <message>
        <source>Months kept</source>
        <translation>Meses guardados</translation>
    </message>
    <message>
        <source>Also when the window is closed</source>
        <translation>También al cerrar la ventana</translation>
    </message>
    <message>
        <source>Legal hold: remove no backup at all</source>
        <translation>Retención legal: no quitar nada</translation>
    </message>
    <message>
        <source>Why does the legal hold begin or end?</source>
        <translation>¿Por qué empieza o termina la retención legal?</translation>
    </message>
    <message>
        <source>History of the legal hold</source>
        <translation>Historial de la retención legal</translation>
    </message>
    <message>
        <source>Pinned backups, the last good one and those that hold entries lost here are never removed. Records are never deleted by any plan.</source>
        <translation>Los respaldos fijados, el último bueno y los que contienen entradas perdidas aquí nunca se quitan. Ningún plan borra expedientes.</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>Guardar el plan</translation>
    </message>
    <message>
        <source>Backups that lie on this PC alone are lost with it. A removable disk is better.</source>
        <translation>Los respaldos que están solo en esta computadora se pierden con ella. Es mejor un disco extraíble.</translation>
    </message>
    <message>
        <source>Let it be rotated out</source>
        <translation>Dejar que se reemplace</translation>
    </message>
    <message>
        <source>Backing up</source>
        <translation>Haciendo el respaldo</translation>
    </message>
    <message>
        <source>Backed up to {place}.</source>
        <translation>Respaldado en {place}.</translation>
    </message>
    <message>
        <source>{older} made room for it.</source>
        <translation>Se quitaron para hacer lugar: {older}.</translation>
    </message>
    <message>
        <source>older backup</source>
        <translation>respaldo anterior</translation>
    </message>
    <message>
        <source>older backups</source>
        <translation>respaldos anteriores</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Revisando</translation>
    </message>
    <message>
        <source>Check a backup of an earlier key</source>
        <translation>Comprobar una copia de una clave anterior</translation>
    </message>
    <message>
        <source>The backup of {made} is from before the database key was changed. It opens with the name and password that somebody had then.</source>
        <translation>La copia del {made} es anterior al cambio de la clave de la base de datos. Se abre con el nombre y la contraseña que alguien tenía entonces.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nombre de usuario</translation>
    </message>
    <message>
        <source>Their password of then</source>
        <translation>Su contraseña de entonces</translation>
    </message>
    <message>
        <source>Check it</source>
        <translation>Comprobarla</translation>
    </message>
    <message>
        <source>It was opened and checked.</source>
        <translation>Se abrió y se revisó.</translation>
    </message>
    <message>
        <source>Proven good.</source>
        <translation>Comprobado.</translation>
    </message>
    <message>
        <source>This backup is kept for ever.</source>
        <translation>Este respaldo se conserva siempre.</translation>
    </message>
    <message>
        <source>It may be rotated out again.</source>
        <translation>Puede volver a reemplazarse.</translation>
    </message>
    <message>
        <source>Restore drill</source>
        <translation>Simulacro de restauración</translation>
    </message>
    <message>
        <source>The backup of {made} is restored into a private folder, opened and checked.</source>
        <translation>El respaldo del {made} se restaura en una carpeta privada, se abre y se revisa.</translation>
    </message>
    <message>
        <source>The trial copy is deleted afterwards. The clinic itself is never touched.</source>
        <translation>La copia de prueba se borra después. La clínica misma no se toca.</translation>
    </message>
    <message>
        <source>Write the record to</source>
        <translation>Escribir el acta en</translation>
    </message>
    <message>
        <source>Run the drill</source>
        <translation>Hacer el simulacro</translation>
    </message>
    <message>
        <source>Restore drill with the recovery sheet</source>
        <translation>Simulacro de restauración con la hoja de recuperación</translation>
    </message>
    <message>
        <source>The backup of {made} is restored into a private folder as if nobody&apos;s password were left: with the sheet of that time alone.</source>
        <translation>El respaldo del {made} se restaura en una carpeta privada como si no quedara ninguna contraseña: solo con la hoja de aquel momento.</translation>
    </message>
    <message>
        <source>The trial copy is deleted afterwards. The clinic and the sheet stay as they are.</source>
        <translation>La copia de prueba se borra después. La clínica y la hoja quedan como están.</translation>
    </message>
    <message>
        <source>The code on the recovery sheet</source>
        <translation>El código de la hoja de recuperación</translation>
    </message>
    <message>
        <source>{count} groups; spaces between them play no part.</source>
        <translation>{count} grupos; los espacios entre ellos no cuentan.</translation>
    </message>
    <message>
        <source>{verdict}: it can be brought back. It took {seconds:.1f} s.</source>
        <translation>{verdict}: se puede recuperar. Tardó {seconds:.1f} s.</translation>
    </message>
    <message>
        <source>Where backups go</source>
        <translation>Adónde van los respaldos</translation>
    </message>
    <message>
        <source>The plan is saved.</source>
        <translation>El plan está guardado.</translation>
    </message>
</context>
<context>
    <name>BringBackPage</name>
    <message>
        <source>Bring a clinic back from a backup</source>
        <translation>Recuperar una clínica de un respaldo</translation>
    </message>
    <message>
        <source>Open with the recovery sheet</source>
        <translation>Abrir con la hoja de recuperación</translation>
    </message>
    <message>
        <source>The backup&apos;s folder</source>
        <translation>La carpeta del respaldo</translation>
    </message>
    <message>
        <source>It is called mnclinic-… and holds clinic.db and manifest.json.</source>
        <translation>Se llama mnclinic-… y contiene clinic.db y manifest.json.</translation>
    </message>
    <message>
        <source>I have a password of that clinic</source>
        <translation>Tengo una contraseña de esa clínica</translation>
    </message>
    <message>
        <source>I have its recovery sheet</source>
        <translation>Tengo su hoja de recuperación</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Recuperarla</translation>
    </message>
    <message>
        <source>Open the clinic</source>
        <translation>Abrir la clínica</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Elegir …</translation>
    </message>
    <message>
        <source>Log in as you did then</source>
        <translation>Inicie sesión como entonces</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nombre de usuario</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Recovery sheet and a new administrator</source>
        <translation>Hoja de recuperación y una nueva administración</translation>
    </message>
    <message>
        <source>The sheet opens the records and nobody&apos;s signature key. You become an administrator in view of everybody: until a second member of staff confirms it, the clinic can only be read. Where nobody else works, the record says so for ever.</source>
        <translation>La hoja abre los expedientes y ninguna clave de firma. Usted pasa a la administración a la vista de todos: hasta que otra persona del equipo lo confirme, la clínica solo se puede leer. Si nadie más trabaja ahí, el registro lo dirá para siempre.</translation>
    </message>
    <message>
        <source>Your name, as printed</source>
        <translation>Su nombre, como se imprime</translation>
    </message>
    <message>
        <source>A new user name</source>
        <translation>Un nombre de usuario nuevo</translation>
    </message>
    <message>
        <source>One that nobody here ever had.</source>
        <translation>Uno que nadie haya tenido aquí.</translation>
    </message>
    <message>
        <source>A password of your own</source>
        <translation>Una contraseña propia</translation>
    </message>
    <message>
        <source>The {count} groups of the sheet</source>
        <translation>Los {count} grupos de la hoja</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Escriba su contraseña.</translation>
    </message>
    <message>
        <source>Type every group from the sheet.</source>
        <translation>Escriba todos los grupos de la hoja.</translation>
    </message>
    <message>
        <source>Please fill in what is marked below.</source>
        <translation>Complete lo que está marcado abajo.</translation>
    </message>
    <message>
        <source>Bringing the clinic back</source>
        <translation>Recuperando la clínica</translation>
    </message>
    <message>
        <source>Nobody went on for a while, so passwords and the sheet&apos;s code were forgotten.</source>
        <translation>Nadie siguió durante un rato, así que se olvidaron las contraseñas y el código de la hoja.</translation>
    </message>
</context>
<context>
    <name>CareStep</name>
    <message>
        <source>Vital signs</source>
        <translation>Signos vitales</translation>
    </message>
    <message>
        <source>Numbing</source>
        <translation>Anestesia tópica</translation>
    </message>
    <message>
        <source>It comes off and is wiped off fully before the first needle.</source>
        <translation>Se retira y se limpia del todo antes de la primera aguja.</translation>
    </message>
    <message>
        <source>Topicals</source>
        <translation>Tópicos</translation>
    </message>
    <message>
        <source>Everything put on the skin during needling or after.</source>
        <translation>Todo lo que se puso en la piel durante las agujas o después.</translation>
    </message>
    <message>
        <source>Add a topical</source>
        <translation>Añadir un tópico</translation>
    </message>
    <message>
        <source>Asepsis</source>
        <translation>Asepsia</translation>
    </message>
    <message>
        <source>As the protocol lists it. Space or C confirms a step and goes on to the next.</source>
        <translation>Como la enumera el protocolo. Espacio o C confirma un paso y pasa al siguiente.</translation>
    </message>
    <message>
        <source>After the treatment</source>
        <translation>Después del tratamiento</translation>
    </message>
    <message>
        <source>What the protocol says that the patient is told, and the sheet to take home.</source>
        <translation>Lo que el protocolo dice que se explica al paciente y la hoja que se lleva a casa.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Método</translation>
    </message>
    <message>
        <source>The protocol&apos;s steps</source>
        <translation>Los pasos del protocolo</translation>
    </message>
    <message>
        <source>PRP</source>
        <translation>PRP</translation>
    </message>
    <message>
        <source>The patient&apos;s own blood, from the draw to the skin.</source>
        <translation>La sangre del propio paciente, de la extracción a la piel.</translation>
    </message>
    <message>
        <source>As the tube&apos;s label says</source>
        <translation>Como dice la etiqueta del tubo</translation>
    </message>
    <message>
        <source>Spins of the centrifuge</source>
        <translation>Giros de la centrífuga</translation>
    </message>
    <message>
        <source>Add a spin</source>
        <translation>Añadir un giro</translation>
    </message>
    <message>
        <source>PRP was used</source>
        <translation>Se usó PRP</translation>
    </message>
</context>
<context>
    <name>ChangedElsewhere</name>
    <message>
        <source>All right</source>
        <translation>De acuerdo</translation>
    </message>
    <message>
        <source>Changed elsewhere</source>
        <translation>Cambiada en otro lugar</translation>
    </message>
    <message>
        <source>This visit was changed elsewhere meanwhile. What you typed is kept; it goes into the visit once you have chosen for each of these fields.</source>
        <translation>Mientras tanto esta visita se cambió en otro lugar. Lo que usted escribió se conserva; pasa a la visita cuando haya elegido para cada uno de estos campos.</translation>
    </message>
    <message>
        <source>This visit was changed elsewhere meanwhile. What you typed stayed.</source>
        <translation>Mientras tanto esta visita se cambió en otro lugar. Lo que usted escribió sigue ahí.</translation>
    </message>
    <message>
        <source>Taken over from there: {names}.</source>
        <translation>Tomado de allí: {names}.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>De la otra parte</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Mío</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vacío</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Tomar lo otro</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Conservar lo mío</translation>
    </message>
</context>
<context>
    <name>ChangesView</name>
    <message>
        <source>Nothing differs.</source>
        <translation>Nada es distinto.</translation>
    </message>
    <message>
        <source>{stricter} stricter, {looser} looser, {other} changed otherwise</source>
        <translation>{stricter} más estrictos, {looser} más laxos, {other} con otros cambios</translation>
    </message>
</context>
<context>
    <name>CheckSchedule</name>
    <message>
        <source>The records were checked before closing: {verdict}. Delete and change nothing. What was found stands on Today and under Inspection; show it to the director and the owner.</source>
        <translation>Los registros se revisaron antes de cerrar: {verdict}. No borre ni cambie nada. Lo que se encontró está en Hoy y en Inspección; muéstreselo a la dirección médica y al propietario.</translation>
    </message>
</context>
<context>
    <name>CheckStrip</name>
    <message>
        <source>Show what was found</source>
        <translation>Ver lo encontrado</translation>
    </message>
    <message>
        <source>Records checked {when}: everything is as it was entered.</source>
        <translation>Registros revisados {when}: todo está como se registró.</translation>
    </message>
    <message>
        <source>The records were never checked to the end.</source>
        <translation>Los registros nunca se revisaron hasta el final.</translation>
    </message>
    <message>
        <source>The records were not checked since {when}.</source>
        <translation>Los registros no se revisan desde {when}.</translation>
    </message>
    <message>
        <source>The check begun {when} was not finished.</source>
        <translation>La revisión empezada {when} no se terminó.</translation>
    </message>
    <message>
        <source>It begins by itself; leave the program open for a while, or check under Inspection.</source>
        <translation>Empieza por sí sola; deje el programa abierto un rato, o revise en Inspección.</translation>
    </message>
    <message>
        <source>Records checked {when}: EXPLAINED. What was found is accounted for in the log.</source>
        <translation>Registros revisados {when}: EXPLAINED (explicado). La bitácora da cuenta de lo encontrado.</translation>
    </message>
    <message>
        <source>Records checked {when}: {verdict}. Delete and change nothing. Show the director and the owner what was found.</source>
        <translation>Registros revisados {when}: {verdict}. No borre ni cambie nada. Muestre a la dirección médica y al dueño lo encontrado.</translation>
    </message>
</context>
<context>
    <name>ChosenLine</name>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
</context>
<context>
    <name>ClinicSection</name>
    <message>
        <source>Clinic</source>
        <translation>Clínica</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Usted</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>Declared solo physician: every record says so</source>
        <translation>Médico único declarado: cada registro lo dice</translation>
    </message>
    <message>
        <source>Nobody approves a visit that they performed</source>
        <translation>Nadie aprueba una visita que realizó</translation>
    </message>
    <message>
        <source>Director&apos;s fingerprint</source>
        <translation>Huella de la dirección médica</translation>
    </message>
    <message>
        <source>Clinic id</source>
        <translation>Id. de la clínica</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
</context>
<context>
    <name>ClinicStep</name>
    <message>
        <source>Your clinic</source>
        <translation>Su clínica</translation>
    </message>
    <message>
        <source>It takes about ten minutes. Nothing is made until the last step, so you can go back.</source>
        <translation>Toma unos diez minutos. Nada se crea hasta el último paso, así que puede volver atrás.</translation>
    </message>
    <message>
        <source>Choose the state</source>
        <translation>Elija el estado</translation>
    </message>
    <message>
        <source>Name of the clinic</source>
        <translation>Nombre de la clínica</translation>
    </message>
    <message>
        <source>It stands on every record and every printed page.</source>
        <translation>Aparece en cada registro y en cada página impresa.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>It decides which draft of the policy you begin with.</source>
        <translation>Decide con qué borrador de la política empieza.</translation>
    </message>
    <message>
        <source>Who reviews whom</source>
        <translation>Quién revisa a quién</translation>
    </message>
    <message>
        <source>Solo physician clinic</source>
        <translation>Clínica de un solo médico</translation>
    </message>
    <message>
        <source>Choose the state.</source>
        <translation>Elija el estado.</translation>
    </message>
    <message>
        <source>Give the clinic a name.</source>
        <translation>Dé un nombre a la clínica.</translation>
    </message>
    <message>
        <source>The medical director may then approve visits that she performed herself, and every record, print and bundle of this clinic says so. Only possible while nobody else treats.</source>
        <translation>La dirección médica puede entonces aprobar visitas que ella misma realizó, y cada registro, impresión y paquete de esta clínica lo dice. Solo es posible mientras nadie más dé tratamientos.</translation>
    </message>
    <message>
        <source>Not solo: nobody approves a visit that they performed. Choose this only where one physician treats alone and there is nobody else to review her.</source>
        <translation>No es de un solo médico: nadie aprueba una visita que realizó. Elija esto solo donde un médico trata por su cuenta y no hay nadie más que le revise.</translation>
    </message>
</context>
<context>
    <name>ClinicWindow</name>
    <message>
        <source>Larger text</source>
        <translation>Texto más grande</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto más pequeño</translation>
    </message>
    <message>
        <source>Text of the usual size</source>
        <translation>Texto de tamaño normal</translation>
    </message>
    <message>
        <source>Locking …</source>
        <translation>Bloqueando …</translation>
    </message>
    <message>
        <source>Locking … What is under way goes on to its end.</source>
        <translation>Bloqueando … Lo que está en curso sigue hasta terminar.</translation>
    </message>
    <message>
        <source>Lock without waiting</source>
        <translation>Bloquear sin esperar</translation>
    </message>
    <message>
        <source>Making a backup before closing …</source>
        <translation>Haciendo un respaldo antes de cerrar …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Checking the records before closing …</source>
        <translation>Revisando los registros antes de cerrar …</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>undo take back revert mistake</source>
        <translation>deshacer revertir volver atrás error undo</translation>
    </message>
    <message>
        <source>lock leave log out log off switch user exit</source>
        <translation>bloquear salir cerrar sesión cambiar usuario lock log out</translation>
    </message>
    <message>
        <source>new patient person client register create</source>
        <translation>nuevo nueva paciente persona cliente registrar crear</translation>
    </message>
    <message>
        <source>print paper</source>
        <translation>imprimir papel print</translation>
    </message>
    <message>
        <source>home day schedule appointments</source>
        <translation>inicio día agenda citas</translation>
    </message>
    <message>
        <source>options preferences</source>
        <translation>opciones preferencias configuración</translation>
    </message>
    <message>
        <source>New patient</source>
        <translation>Paciente nuevo</translation>
    </message>
    <message>
        <source>add register create person client</source>
        <translation>agregar añadir registrar crear nuevo persona cliente</translation>
    </message>
    <message>
        <source>Walk-in</source>
        <translation>Sin cita</translation>
    </message>
    <message>
        <source>unplanned without appointment arrive</source>
        <translation>imprevisto llegada llegar walk-in</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Visita nueva</translation>
    </message>
    <message>
        <source>start treatment session appointment</source>
        <translation>empezar iniciar tratamiento sesión cita</translation>
    </message>
    <message>
        <source>Bring a list in …</source>
        <translation>Traer una lista …</translation>
    </message>
    <message>
        <source>import paste day sheet appointments</source>
        <translation>importar pegar hoja del día citas</translation>
    </message>
    <message>
        <source>Close the day</source>
        <translation>Cerrar el día</translation>
    </message>
    <message>
        <source>end finish evening</source>
        <translation>terminar acabar fin</translation>
    </message>
    <message>
        <source>Sign what waits for the director</source>
        <translation>Firmar lo que espera a la dirección</translation>
    </message>
    <message>
        <source>approve review queue return sign off</source>
        <translation>aprobar revisar cola devolver firma</translation>
    </message>
    <message>
        <source>Make the bundle</source>
        <translation>Crear el paquete</translation>
    </message>
    <message>
        <source>export audit evidence inspector download</source>
        <translation>exportar auditoría prueba evidencia inspección descargar</translation>
    </message>
    <message>
        <source>Check the records now</source>
        <translation>Revisar los registros ahora</translation>
    </message>
    <message>
        <source>verify tampering integrity prove</source>
        <translation>verificar comprobar alteración integridad</translation>
    </message>
    <message>
        <source>Recall and look-back</source>
        <translation>Retirada y rastreo</translation>
    </message>
    <message>
        <source>lot serial batch device trace touched withdrawn</source>
        <translation>lote serie partida dispositivo rastrear tocado retirado</translation>
    </message>
    <message>
        <source>Recalls</source>
        <translation>Retiradas</translation>
    </message>
    <message>
        <source>notice drill call list letters open close</source>
        <translation>aviso simulacro lista de llamadas cartas abrir cerrar</translation>
    </message>
    <message>
        <source>Visits with adverse events</source>
        <translation>Visitas con eventos adversos</translation>
    </message>
    <message>
        <source>plot chart cluster complication back-trace count depth lot performer</source>
        <translation>gráfico agrupación complicación rastreo recuento profundidad lote</translation>
    </message>
    <message>
        <source>Duties of the clinic</source>
        <translation>Deberes de la clínica</translation>
    </message>
    <message>
        <source>director visit drill meeting emergency retention keep records</source>
        <translation>directora visita simulacro reunión emergencia conservación guardar registros</translation>
    </message>
    <message>
        <source>Read the log</source>
        <translation>Leer la bitácora</translation>
    </message>
    <message>
        <source>history audit trail who looked entries</source>
        <translation>historial auditoría quién miró entradas</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Respaldar ahora</translation>
    </message>
    <message>
        <source>backup copy save stick</source>
        <translation>respaldo copia seguridad guardar memoria</translation>
    </message>
    <message>
        <source>password recovery code signature key own</source>
        <translation>contraseña código de recuperación llave de firma propia</translation>
    </message>
    <message>
        <source>staff users accounts roles licences</source>
        <translation>personal usuarios cuentas funciones licencias</translation>
    </message>
    <message>
        <source>recovery sheet lost password</source>
        <translation>hoja de recuperación contraseña perdida</translation>
    </message>
    <message>
        <source>backup restore copy plan</source>
        <translation>respaldo restaurar copia plan</translation>
    </message>
    <message>
        <source>idle time out minutes</source>
        <translation>inactividad tiempo minutos bloqueo</translation>
    </message>
    <message>
        <source>colours theme dark light contrast text size language motion</source>
        <translation>colores tema oscuro claro contraste tamaño texto idioma movimiento</translation>
    </message>
    <message>
        <source>permissions roles break glass</source>
        <translation>permisos funciones romper vidrio emergencia</translation>
    </message>
    <message>
        <source>fingerprint version about</source>
        <translation>huella versión acerca</translation>
    </message>
    <message>
        <source>Settings: {section}</source>
        <translation>Ajustes: {section}</translation>
    </message>
    <message>
        <source>theme look mode appearance night</source>
        <translation>tema aspecto modo apariencia noche</translation>
    </message>
    <message>
        <source>Colours: {choice}</source>
        <translation>Colores: {choice}</translation>
    </message>
    <message>
        <source>Size of text: {percent} %</source>
        <translation>Tamaño del texto: {percent} %</translation>
    </message>
    <message>
        <source>font zoom larger smaller letters</source>
        <translation>letra fuente zoom grande pequeño</translation>
    </message>
    <message>
        <source>language English</source>
        <translation>idioma inglés english</translation>
    </message>
    <message>
        <source>language Spanish</source>
        <translation>idioma español spanish</translation>
    </message>
    <message>
        <source>Language: {language}</source>
        <translation>Idioma: {language}</translation>
    </message>
</context>
<context>
    <name>ConsentActs</name>
    <message>
        <source>Signed on paper on</source>
        <translation>Firmado en papel el</translation>
    </message>
    <message>
        <source>You say with this that you saw it being signed.</source>
        <translation>Con esto usted dice que vio cómo se firmaba.</translation>
    </message>
    <message>
        <source>Write a day.</source>
        <translation>Escriba un día.</translation>
    </message>
    <message>
        <source>The scan of the signed paper</source>
        <translation>El escaneo del papel firmado</translation>
    </message>
    <message>
        <source>Print a form to sign</source>
        <translation>Imprimir un formulario para firmar</translation>
    </message>
    <message>
        <source>Form printed to {file}</source>
        <translation>Formulario impreso en {file}</translation>
    </message>
</context>
<context>
    <name>ConsentPeople</name>
    <message>
        <source>Nobody yet</source>
        <translation>Nadie todavía</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Nadie</translation>
    </message>
    <message>
        <source>Questions answered by</source>
        <translation>Contestó las preguntas</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>Testigo</translation>
    </message>
    <message>
        <source>The patient</source>
        <translation>El paciente</translation>
    </message>
    <message>
        <source>A guardian for the patient</source>
        <translation>Un tutor por el paciente</translation>
    </message>
    <message>
        <source>The guardian&apos;s full name</source>
        <translation>Nombre completo del tutor</translation>
    </message>
    <message>
        <source>How they are related</source>
        <translation>Qué relación tienen</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>Quién firma</translation>
    </message>
    <message>
        <source>Choose the language</source>
        <translation>Elija el idioma</translation>
    </message>
    <message>
        <source>Choose how</source>
        <translation>Elija cómo</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Presente</translation>
    </message>
    <message>
        <source>By telephone</source>
        <translation>Por teléfono</translation>
    </message>
    <message>
        <source>By video</source>
        <translation>Por video</translation>
    </message>
    <message>
        <source>The interpreter&apos;s name</source>
        <translation>Nombre del intérprete</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Al idioma</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Cómo</translation>
    </message>
    <message>
        <source>Somebody interprets</source>
        <translation>Alguien interpreta</translation>
    </message>
</context>
<context>
    <name>ConsentStep</name>
    <message>
        <source>Consent</source>
        <translation>Consentimiento</translation>
    </message>
    <message>
        <source>Choose the language</source>
        <translation>Elija el idioma</translation>
    </message>
    <message>
        <source>Language of the consent</source>
        <translation>Idioma del consentimiento</translation>
    </message>
    <message>
        <source>Consent text</source>
        <translation>Texto del consentimiento</translation>
    </message>
    <message>
        <source>Hand the screen to the patient</source>
        <translation>Entregar la pantalla al paciente</translation>
    </message>
    <message>
        <source>Print a form to sign …</source>
        <translation>Imprimir un formulario para firmar …</translation>
    </message>
    <message>
        <source>Questions and signature</source>
        <translation>Preguntas y firma</translation>
    </message>
    <message>
        <source>Not chosen yet</source>
        <translation>Sin elegir todavía</translation>
    </message>
    <message>
        <source>What photographs may be used for</source>
        <translation>Para qué pueden usarse las fotografías</translation>
    </message>
    <message>
        <source>Drawn on this screen</source>
        <translation>Dibujada en esta pantalla</translation>
    </message>
    <message>
        <source>Full name typed</source>
        <translation>Nombre completo escrito</translation>
    </message>
    <message>
        <source>On paper, scanned back</source>
        <translation>En papel, escaneado</translation>
    </message>
    <message>
        <source>How it is signed</source>
        <translation>Cómo se firma</translation>
    </message>
    <message>
        <source>The patient&apos;s signature</source>
        <translation>Firma del paciente</translation>
    </message>
    <message>
        <source>Full name of whoever signs, typed by themselves</source>
        <translation>Nombre completo de quien firma, escrito por sí mismo</translation>
    </message>
    <message>
        <source>Words of agreement</source>
        <translation>Palabras de aceptación</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Take this consent</source>
        <translation>Tomar el consentimiento</translation>
    </message>
    <message>
        <source>Use the consent of {number}, signed {at}</source>
        <translation>Usar el consentimiento de {number}, firmado {at}</translation>
    </message>
    <message>
        <source>Signed {at} under version {version}</source>
        <translation>Firmado {at} con la versión {version}</translation>
    </message>
    <message>
        <source>Signed {at} under version {version}, at visit {number}</source>
        <translation>Firmado {at} con la versión {version}, en la visita {number}</translation>
    </message>
    <message>
        <source>There is no approved consent text in this language.</source>
        <translation>No hay un texto de consentimiento aprobado en este idioma.</translation>
    </message>
    <message>
        <source>I agree</source>
        <translation>Acepto</translation>
    </message>
    <message>
        <source>Who delegates this treatment</source>
        <translation>Quién delega este tratamiento</translation>
    </message>
    <message>
        <source>Attach the scan …</source>
        <translation>Adjuntar el escaneo …</translation>
    </message>
    <message>
        <source>consent cleared</source>
        <translation>consentimiento borrado</translation>
    </message>
    <message>
        <source>Have the full name typed and the words of agreement marked.</source>
        <translation>Haga que se escriba el nombre completo y se marquen las palabras de aceptación.</translation>
    </message>
    <message>
        <source>Have the patient sign first.</source>
        <translation>Primero tiene que firmar el paciente.</translation>
    </message>
    <message>
        <source>Ask whether there are questions, answer them, and say who did.</source>
        <translation>Pregunte si hay dudas, contéstelas y diga quién lo hizo.</translation>
    </message>
    <message>
        <source>Name the member of staff who witnesses it.</source>
        <translation>Indique quién del personal es testigo.</translation>
    </message>
    <message>
        <source>Write the guardian&apos;s name and how they are related.</source>
        <translation>Escriba el nombre del tutor y qué relación tienen.</translation>
    </message>
    <message>
        <source>Have the patient choose what photographs may be used for.</source>
        <translation>Haga que el paciente elija para qué pueden usarse las fotografías.</translation>
    </message>
    <message>
        <source>consent taken</source>
        <translation>consentimiento tomado</translation>
    </message>
</context>
<context>
    <name>ConsentsPart</name>
    <message>
        <source>Consents and papers</source>
        <translation>Consentimientos y papeles</translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation>Todavía ninguno.</translation>
    </message>
    <message>
        <source>{title}, version {version}, {language}</source>
        <translation>{title}, versión {version}, {language}</translation>
    </message>
    <message>
        <source>the patient</source>
        <translation>el paciente</translation>
    </message>
    <message>
        <source>Signed {day} by {signer}, {how}</source>
        <translation>Firmado {day} por {signer}, {how}</translation>
    </message>
    <message>
        <source>also for {visits}</source>
        <translation>también para {visits}</translation>
    </message>
    <message>
        <source>Open {visit}</source>
        <translation>Abrir {visit}</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Imprimir …</translation>
    </message>
    <message>
        <source>every consent</source>
        <translation>todos los consentimientos</translation>
    </message>
    <message>
        <source>Withdrawn {day}: {what}</source>
        <translation>Retirado {day}: {what}</translation>
    </message>
    <message>
        <source>Scan of a consent: {title}</source>
        <translation>Consentimiento escaneado: {title}</translation>
    </message>
    <message>
        <source>Outside exam: {title}</source>
        <translation>Examen externo: {title}</translation>
    </message>
    <message>
        <source>Scan of a sheet of paper: {title}</source>
        <translation>Escaneo de una hoja de papel: {title}</translation>
    </message>
    <message>
        <source>Write out …</source>
        <translation>Guardar copia …</translation>
    </message>
    <message>
        <source>History: {what}</source>
        <translation>Historial: {what}</translation>
    </message>
    <message>
        <source>Counts until {day}</source>
        <translation>Vale hasta {day}</translation>
    </message>
    <message>
        <source>In an open visit</source>
        <translation>En una visita abierta</translation>
    </message>
    <message>
        <source>Expired since {day}</source>
        <translation>Vencido desde {day}</translation>
    </message>
    <message>
        <source>A newer text counts since {day}</source>
        <translation>Un texto más nuevo vale desde {day}</translation>
    </message>
    <message>
        <source>Withdrawn {day}</source>
        <translation>Retirado {day}</translation>
    </message>
    <message>
        <source>Counts from {day}</source>
        <translation>Vale desde {day}</translation>
    </message>
    <message>
        <source>drawn on the screen</source>
        <translation>dibujado en la pantalla</translation>
    </message>
    <message>
        <source>by typing the name</source>
        <translation>escribiendo el nombre</translation>
    </message>
    <message>
        <source>on paper</source>
        <translation>en papel</translation>
    </message>
    <message>
        <source>no signature</source>
        <translation>sin firma</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>De palabra</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Por escrito</translation>
    </message>
    <message>
        <source>By telephone</source>
        <translation>Por teléfono</translation>
    </message>
    <message>
        <source>Write the file to</source>
        <translation>Guardar el archivo en</translation>
    </message>
    <message>
        <source>{file} written, not encrypted</source>
        <translation>{file} guardado, sin cifrar</translation>
    </message>
</context>
<context>
    <name>ContactField</name>
    <message>
        <source>Call</source>
        <translation>Llamada</translation>
    </message>
    <message>
        <source>Text message</source>
        <translation>Mensaje de texto</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Correo postal</translation>
    </message>
    <message>
        <source>May leave a message</source>
        <translation>Se puede dejar un mensaje</translation>
    </message>
    <message>
        <source>Do not contact</source>
        <translation>No contactar</translation>
    </message>
    <message>
        <source>How may we contact this person?</source>
        <translation>¿Cómo podemos contactar a esta persona?</translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>Skip</source>
        <translation>Omitir</translation>
    </message>
    <message>
        <source>Close without it</source>
        <translation>Cerrar sin respaldo</translation>
    </message>
</context>
<context>
    <name>DayActs</name>
    <message>
        <source>{patient} has arrived</source>
        <translation>Llegó {patient}</translation>
    </message>
    <message>
        <source>{patient} is expected as before</source>
        <translation>Se espera a {patient} como antes</translation>
    </message>
    <message>
        <source>{patient} did not come</source>
        <translation>{patient} no se presentó</translation>
    </message>
    <message>
        <source>{patient}: cancelled</source>
        <translation>{patient}: cancelada</translation>
    </message>
    <message>
        <source>{patient} is expected again</source>
        <translation>Se espera otra vez a {patient}</translation>
    </message>
    <message>
        <source>{patient}: changed</source>
        <translation>{patient}: cambiada</translation>
    </message>
    <message>
        <source>{patient} was taken off the list</source>
        <translation>Se quitó de la lista a {patient}</translation>
    </message>
    <message>
        <source>{patient} is on the list</source>
        <translation>{patient} está en la lista</translation>
    </message>
    <message>
        <source>{count} planned visits are on the list</source>
        <translation>{count} visitas planificadas están en la lista</translation>
    </message>
    <message>
        <source>{patient} has come in</source>
        <translation>Entró {patient}</translation>
    </message>
    <message>
        <source>There is nothing to undo here.</source>
        <translation>Aquí no hay nada que deshacer.</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>Deshecho: {what}</translation>
    </message>
</context>
<context>
    <name>DayTable</name>
    <message>
        <source>Previous day</source>
        <translation>Día anterior</translation>
    </message>
    <message>
        <source>Next day</source>
        <translation>Día siguiente</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Type who is expected</source>
        <translation>Escribir a quién se espera</translation>
    </message>
    <message>
        <source>Type who has come in</source>
        <translation>Escribir quién ha llegado sin cita</translation>
    </message>
    <message>
        <source>Mend this light of the line</source>
        <translation>Arreglar esta luz de la línea</translation>
    </message>
    <message>
        <source>Next line that needs something</source>
        <translation>Siguiente línea que necesita algo</translation>
    </message>
    <message>
        <source>Menu key, Shift+F10</source>
        <translation>Tecla Menú, Mayús+F10</translation>
    </message>
    <message>
        <source>Everything that can be done with the line</source>
        <translation>Todo lo que se puede hacer con la línea</translation>
    </message>
</context>
<context>
    <name>DetailsBox</name>
    <message>
        <source>More of: {area} (F8)</source>
        <translation>Más de: {area} (F8)</translation>
    </message>
    <message>
        <source>More of this line (F8)</source>
        <translation>Más de esta línea (F8)</translation>
    </message>
</context>
<context>
    <name>DetailsSheet</name>
    <message>
        <source>Change details of {number}</source>
        <translation>Cambiar los datos de {number}</translation>
    </message>
    <message>
        <source>Every change stands in the history with the old and the new words.</source>
        <translation>Cada cambio queda en el historial con las palabras anteriores y las nuevas.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>Add a device …</source>
        <translation>Añadir un dispositivo …</translation>
    </message>
    <message>
        <source>Confirm from the label …</source>
        <translation>Confirmar por la etiqueta …</translation>
    </message>
    <message>
        <source>Correct …</source>
        <translation>Corregir …</translation>
    </message>
    <message>
        <source>Enter what was done …</source>
        <translation>Registrar lo hecho …</translation>
    </message>
    <message>
        <source>Quarantine …</source>
        <translation>Cuarentena …</translation>
    </message>
    <message>
        <source>Release …</source>
        <translation>Liberar …</translation>
    </message>
    <message>
        <source>Added: device {device}. It waits for somebody to confirm its label.</source>
        <translation>Añadido: dispositivo {device}. Espera a que alguien confirme su etiqueta.</translation>
    </message>
    <message>
        <source>Confirmed: device {device}.</source>
        <translation>Confirmado: dispositivo {device}.</translation>
    </message>
    <message>
        <source>Entered: device {device}.</source>
        <translation>Registrado: dispositivo {device}.</translation>
    </message>
    <message>
        <source>Nobody may treat with it until a director or administrator releases it.</source>
        <translation>Nadie puede tratar con él hasta que la dirección médica o la administración lo libere.</translation>
    </message>
    <message>
        <source>Quarantine device {device}</source>
        <translation>Poner en cuarentena el dispositivo {device}</translation>
    </message>
    <message>
        <source>Quarantine it</source>
        <translation>Poner en cuarentena</translation>
    </message>
    <message>
        <source>It may be used again.</source>
        <translation>Se puede volver a usar.</translation>
    </message>
    <message>
        <source>Release device {device}</source>
        <translation>Liberar el dispositivo {device}</translation>
    </message>
    <message>
        <source>Release it</source>
        <translation>Liberar</translation>
    </message>
    <message>
        <source>Changed: device {device}.</source>
        <translation>Modificado: dispositivo {device}.</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Devices and supplies</source>
        <translation>Dispositivos e insumos</translation>
    </message>
    <message>
        <source>Recall and look-back</source>
        <translation>Retirada y rastreo</translation>
    </message>
    <message>
        <source>Add a lot</source>
        <translation>Agregar un lote</translation>
    </message>
    <message>
        <source>device</source>
        <translation>dispositivo</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>dispositivos</translation>
    </message>
    <message>
        <source>lot</source>
        <translation>lote</translation>
    </message>
    <message>
        <source>lots</source>
        <translation>lotes</translation>
    </message>
    <message>
        <source>expired lot</source>
        <translation>lote vencido</translation>
    </message>
    <message>
        <source>expired lots</source>
        <translation>lotes vencidos</translation>
    </message>
    <message>
        <source> · the gate refuses {lots}</source>
        <translation> · el control previo rechaza {lots}</translation>
    </message>
</context>
<context>
    <name>DirectorPage</name>
    <message>
        <source>Director</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Somebody broke the glass</source>
        <translation>Alguien rompió el cristal</translation>
    </message>
    <message>
        <source>They took wider rights for a while. What they did meanwhile is marked in the log.</source>
        <translation>Tomó derechos más amplios por un rato. Lo que hizo mientras tanto está marcado en la bitácora.</translation>
    </message>
    <message>
        <source>Signed visits that were amended</source>
        <translation>Visitas firmadas que se enmendaron</translation>
    </message>
    <message>
        <source>Open each, read what was signed, and mark it as seen. The visit itself stays signed.</source>
        <translation>Abra cada una, lea lo que se firmó y márquela como vista. La visita en sí sigue firmada.</translation>
    </message>
    <message>
        <source>Visits that wait for sign-off</source>
        <translation>Visitas que esperan firma</translation>
    </message>
    <message>
        <source>All caught up</source>
        <translation>Todo al día</translation>
    </message>
    <message>
        <source>No visit waits for your signature.</source>
        <translation>Ninguna visita espera su firma.</translation>
    </message>
    <message>
        <source>Deferred: may wait for your release</source>
        <translation>Aplazadas: pueden esperar su liberación</translation>
    </message>
    <message>
        <source>The gate refused these. What only the director may pass can be released from the visit.</source>
        <translation>El control previo las rechazó. Lo que solo la dirección puede permitir se libera desde la visita.</translation>
    </message>
    <message>
        <source>Deferred visits</source>
        <translation>Visitas aplazadas</translation>
    </message>
    <message>
        <source>visit waits for sign-off</source>
        <translation>visita espera firma</translation>
    </message>
    <message>
        <source>visits wait for sign-off</source>
        <translation>visitas esperan firma</translation>
    </message>
    <message>
        <source> · {count} overdue</source>
        <translation> · {count} con retraso</translation>
    </message>
    <message>
        <source>Declared solo-physician clinic: the director may approve treatments of her own, and every record says so.</source>
        <translation>Clínica declarada de un solo médico: la dirección puede aprobar sus propios tratamientos, y cada registro lo dice.</translation>
    </message>
    <message>
        <source>Still broken</source>
        <translation>Aún roto</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Devuelto</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Terminado</translation>
    </message>
    <message>
        <source>{name}, {role} · {begin} until {end}</source>
        <translation>{name}, {role} · {begin} hasta {end}</translation>
    </message>
    <message>
        <source>I have seen this</source>
        <translation>Visto</translation>
    </message>
    <message>
        <source>Signed {at} by {name}</source>
        <translation>Firmada {at} por {name}</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Read the amendment of {number}</source>
        <translation>Leer la enmienda de {number}</translation>
    </message>
    <message>
        <source>Marked as seen: {name}&apos;s broken glass</source>
        <translation>Marcado como visto: el cristal roto por {name}</translation>
    </message>
</context>
<context>
    <name>DocumentsStep</name>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>These drafts hold every clinical number of the program, each with its source. Nobody can be treated under a draft: the medical director approves them here, or later under Protocols.</source>
        <translation>Estos borradores contienen todos los números clínicos del programa, cada uno con su fuente. Con un borrador no se puede tratar a nadie: la dirección médica los aprueba aquí, o más tarde en Protocolos.</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Borradores</translation>
    </message>
    <message>
        <source>The medical director approves them now</source>
        <translation>La dirección médica los aprueba ahora</translation>
    </message>
    <message>
        <source>Her password, typed again for this signature</source>
        <translation>Contraseña de la dirección médica, escrita de nuevo para esta firma</translation>
    </message>
    <message>
        <source>This is not the password that the medical director chose under People.</source>
        <translation>No es la contraseña que la dirección médica eligió en Personas.</translation>
    </message>
</context>
<context>
    <name>DraftKeeper</name>
    <message>
        <source>Saving …</source>
        <translation>Guardando …</translation>
    </message>
    <message>
        <source>Draft saved {time}</source>
        <translation>Borrador guardado {time}</translation>
    </message>
    <message>
        <source>Not saved since {time}: {why}</source>
        <translation>Sin guardar desde {time}: {why}</translation>
    </message>
</context>
<context>
    <name>DutiesView</name>
    <message>
        <source>Back to the list</source>
        <translation>Volver a la lista</translation>
    </message>
    <message>
        <source>Duties of the clinic</source>
        <translation>Deberes de la clínica</translation>
    </message>
    <message>
        <source>The director at the clinic</source>
        <translation>La dirección médica en la clínica</translation>
    </message>
    <message>
        <source>No visit of the director is entered.</source>
        <translation>No hay ninguna visita de la dirección anotada.</translation>
    </message>
    <message>
        <source>I was at the clinic …</source>
        <translation>Estuve en la clínica …</translation>
    </message>
    <message>
        <source>Emergency drills</source>
        <translation>Simulacros de emergencia</translation>
    </message>
    <message>
        <source>No drill is entered.</source>
        <translation>No hay ningún simulacro anotado.</translation>
    </message>
    <message>
        <source>Enter a drill …</source>
        <translation>Anotar un simulacro …</translation>
    </message>
    <message>
        <source>By the policy the next is due by {day}.</source>
        <translation>Según la política, toca a más tardar el {day}.</translation>
    </message>
    <message>
        <source>The policy does not say how often.</source>
        <translation>La política no dice cada cuánto.</translation>
    </message>
    <message>
        <source>entered by {name}, {at}</source>
        <translation>anotado por {name}, {at}</translation>
    </message>
    <message>
        <source>History: {what}</source>
        <translation>Historial: {what}</translation>
    </message>
    <message>
        <source>Take back the entry of {day} …</source>
        <translation>Retirar la anotación del {day} …</translation>
    </message>
    <message>
        <source>Emergency drill</source>
        <translation>Simulacro de emergencia</translation>
    </message>
    <message>
        <source>It is entered in the log in your name, with the day on which you enter it.</source>
        <translation>Queda en la bitácora a su nombre, con el día en que lo anota.</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Día</translation>
    </message>
    <message>
        <source>What was practised, and who was there</source>
        <translation>Qué se practicó y quién estuvo</translation>
    </message>
    <message>
        <source>What you saw to</source>
        <translation>De qué se ocupó</translation>
    </message>
    <message>
        <source>No patient&apos;s name.</source>
        <translation>Ningún nombre de paciente.</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Take back the entry of {day}</source>
        <translation>Retirar la anotación del {day}</translation>
    </message>
    <message>
        <source>Both stay in the log: that it was entered, and that it was taken back.</source>
        <translation>Las dos cosas quedan en la bitácora: que se anotó y que se retiró.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>How long records are kept</source>
        <translation>Cuánto se guardan los expedientes</translation>
    </message>
    <message>
        <source>By {policy}. mnclinic deletes no record; a day says only what the policy no longer asks for.</source>
        <translation>Según {policy}. mnclinic no borra ningún expediente; un día solo dice lo que la política ya no pide.</translation>
    </message>
    <message>
        <source>No policy is in force, so nothing says how long. mnclinic deletes no record.</source>
        <translation>No hay política en vigor, así que nada dice cuánto. mnclinic no borra ningún expediente.</translation>
    </message>
    <message>
        <source>not known: all of it is kept</source>
        <translation>no se sabe: se guarda todo</translation>
    </message>
    <message>
        <source>until the age of {count}</source>
        <translation>hasta los {count} años de edad</translation>
    </message>
    <message>
        <source>{count} years after {what}</source>
        <translation>{count} años después de {what}</translation>
    </message>
    <message>
        <source>{rule} ({source}; confidence {confidence})</source>
        <translation>{rule} ({source}; confianza {confidence})</translation>
    </message>
    <message>
        <source>No longer asked for: what ended before {day}</source>
        <translation>Ya no se pide: lo que terminó antes del {day}</translation>
    </message>
    <message>
        <source>Patients&apos; records</source>
        <translation>Expedientes de pacientes</translation>
    </message>
    <message>
        <source>The clinic&apos;s own records</source>
        <translation>Documentos propios de la clínica</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Ninguno.</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>On legal hold</source>
        <translation>Con retención legal</translation>
    </message>
    <message>
        <source>Kept without a last day</source>
        <translation>Se guardan sin último día</translation>
    </message>
    <message>
        <source>No longer asked for</source>
        <translation>Ya no se piden</translation>
    </message>
    <message>
        <source>The next of them on</source>
        <translation>El siguiente, el</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>no se sabe</translation>
    </message>
</context>
<context>
    <name>EmptiedLine</name>
    <message>
        <source>Empty the line</source>
        <translation>Vaciar la línea</translation>
    </message>
</context>
<context>
    <name>EndHistorySheet</name>
    <message>
        <source>End: {what}</source>
        <translation>Terminar: {what}</translation>
    </message>
    <message>
        <source>The entry stays in the history, with its end and the reason.</source>
        <translation>La entrada permanece en los antecedentes, con su fin y el motivo.</translation>
    </message>
    <message>
        <source>Day from which it counts no more</source>
        <translation>Día desde el que ya no cuenta</translation>
    </message>
    <message>
        <source>Empty: today.</source>
        <translation>Vacío: hoy.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>For example: entered by mistake, or ended by the prescriber.</source>
        <translation>Por ejemplo: se anotó por error, o lo terminó quien lo recetó.</translation>
    </message>
    <message>
        <source>End the entry</source>
        <translation>Terminar la entrada</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nada cambió.</translation>
    </message>
    <message>
        <source>Write the day like 23 Apr 2026.</source>
        <translation>Escriba el día como 23 abr 2026.</translation>
    </message>
</context>
<context>
    <name>Entry</name>
    <message>
        <source>What was typed last may not be stored: the disk did not take it, or something else was still under way. What was stored before is safe. Look at what was open after the next log-in.</source>
        <translation>Es posible que lo último que se escribió no esté guardado: el disco no lo aceptó, o todavía había otra cosa en curso. Lo guardado antes está a salvo. Mire lo que estaba abierto cuando vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>What was typed is stored.</source>
        <translation>Lo que se escribió está guardado.</translation>
    </message>
    <message>
        <source>Passwords are never kept: type them again.</source>
        <translation>Las contraseñas nunca se guardan: escríbalas de nuevo.</translation>
    </message>
</context>
<context>
    <name>ExamStep</name>
    <message>
        <source>Good faith exam</source>
        <translation>Examen de buena fe</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>None chosen: the service of this visit.</source>
        <translation>Nada elegido: el servicio de esta visita.</translation>
    </message>
    <message>
        <source>None chosen: every area of the protocol.</source>
        <translation>Ninguna elegida: todas las zonas del protocolo.</translation>
    </message>
    <message>
        <source>None chosen: every device of the protocol.</source>
        <translation>Nada elegido: todos los dispositivos del protocolo.</translation>
    </message>
    <message>
        <source>Attach the paper …</source>
        <translation>Adjuntar el papel …</translation>
    </message>
    <message>
        <source>Exam done elsewhere</source>
        <translation>Examen hecho en otro lugar</translation>
    </message>
    <message>
        <source>Attach an exam done elsewhere</source>
        <translation>Adjuntar un examen hecho en otro lugar</translation>
    </message>
    <message>
        <source>A PDF, PNG or JPEG. It is kept sealed with this person, and the visit names its hash.</source>
        <translation>Un PDF, PNG o JPEG. Se guarda sellado con esta persona, y la visita nombra su hash.</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>El archivo</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>Day on the paper</source>
        <translation>Día que figura en el papel</translation>
    </message>
    <message>
        <source>Attach it</source>
        <translation>Adjuntarlo</translation>
    </message>
    <message>
        <source>paper of the exam</source>
        <translation>papel del examen</translation>
    </message>
    <message>
        <source>The exam is attached</source>
        <translation>El examen está adjunto</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Supervisión</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>At most {count} characters fit here. What came after them was left out.</source>
        <translation>Aquí caben como máximo {count} caracteres. Lo que venía después se omitió.</translation>
    </message>
</context>
<context>
    <name>FieldWords</name>
    <message>
        <source>Areas planned</source>
        <translation>Zonas previstas</translation>
    </message>
    <message>
        <source>Skin today</source>
        <translation>La piel hoy</translation>
    </message>
    <message>
        <source>Treated areas</source>
        <translation>Zonas tratadas</translation>
    </message>
    <message>
        <source>{field}, line {number}</source>
        <translation>{field}, línea {number}</translation>
    </message>
    <message>
        <source>Day of last use: {topic}</source>
        <translation>Día del último uso: {topic}</translation>
    </message>
    <message>
        <source>Words beside: {topic}</source>
        <translation>Palabras junto a: {topic}</translation>
    </message>
    <message>
        <source>Areas: {topic}</source>
        <translation>Zonas: {topic}</translation>
    </message>
    <message>
        <source>Reason to go on</source>
        <translation>Motivo para seguir</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimiento</translation>
    </message>
    <message>
        <source>Spins of the centrifuge</source>
        <translation>Giros de la centrífuga</translation>
    </message>
    <message>
        <source>Topicals</source>
        <translation>Tópicos</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>No se sabe</translation>
    </message>
    <message>
        <source>signed {at}</source>
        <translation>firmado {at}</translation>
    </message>
    <message>
        <source>Asepsis: {step}</source>
        <translation>Asepsia: {step}</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servicio</translation>
    </message>
    <message>
        <source>Supervised by</source>
        <translation>Supervisado por</translation>
    </message>
    <message>
        <source>Aftercare sheet</source>
        <translation>Hoja de cuidados posteriores</translation>
    </message>
    <message>
        <source>Area planned, {number}</source>
        <translation>Zona prevista, {number}</translation>
    </message>
    <message>
        <source>Phototype found on</source>
        <translation>Fototipo determinado el</translation>
    </message>
    <message>
        <source>Service cleared, {number}</source>
        <translation>Servicio autorizado, {number}</translation>
    </message>
    <message>
        <source>Area cleared, {number}</source>
        <translation>Zona autorizada, {number}</translation>
    </message>
    <message>
        <source>Kind of device cleared, {number}</source>
        <translation>Clase de equipo autorizada, {number}</translation>
    </message>
    <message>
        <source>Exam from elsewhere accepted on</source>
        <translation>Examen externo aceptado el</translation>
    </message>
    <message>
        <source>Hash of the exam&apos;s paper</source>
        <translation>Hash del papel del examen</translation>
    </message>
    <message>
        <source>Note on the exam</source>
        <translation>Nota sobre el examen</translation>
    </message>
    <message>
        <source>Note on the order</source>
        <translation>Nota sobre la orden</translation>
    </message>
    <message>
        <source>Area ordered, {number}</source>
        <translation>Zona ordenada, {number}</translation>
    </message>
    <message>
        <source>Device ordered, {number}</source>
        <translation>Equipo ordenado, {number}</translation>
    </message>
    <message>
        <source>Sheet about preparing</source>
        <translation>Hoja de preparación</translation>
    </message>
    <message>
        <source>Sheet about preparing: version</source>
        <translation>Hoja de preparación: versión</translation>
    </message>
    <message>
        <source>Sheet about preparing: language</source>
        <translation>Hoja de preparación: idioma</translation>
    </message>
    <message>
        <source>Sheet about preparing: given at</source>
        <translation>Hoja de preparación: entregada a las</translation>
    </message>
    <message>
        <source>Sheet about preparing: given by</source>
        <translation>Hoja de preparación: entregada por</translation>
    </message>
    <message>
        <source>Sheet about preparing: given how</source>
        <translation>Hoja de preparación: cómo se entregó</translation>
    </message>
    <message>
        <source>Sheet about preparing: hash of the text</source>
        <translation>Hoja de preparación: hash del texto</translation>
    </message>
    <message>
        <source>Skin looked at on</source>
        <translation>Piel observada el</translation>
    </message>
    <message>
        <source>Skin today, line {number}: area</source>
        <translation>La piel hoy, línea {number}: zona</translation>
    </message>
    <message>
        <source>Skin today, line {number}: what is seen</source>
        <translation>La piel hoy, línea {number}: lo que se ve</translation>
    </message>
    <message>
        <source>Skin today, line {number}: note</source>
        <translation>La piel hoy, línea {number}: nota</translation>
    </message>
    <message>
        <source>Pulse</source>
        <translation>Pulso</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Vital signs taken at</source>
        <translation>Signos vitales tomados a las</translation>
    </message>
    <message>
        <source>Cartridge expires on</source>
        <translation>El cartucho caduca el</translation>
    </message>
    <message>
        <source>Needle length of the cartridge</source>
        <translation>Longitud de las agujas del cartucho</translation>
    </message>
    <message>
        <source>Code on the cartridge&apos;s label</source>
        <translation>Código de la etiqueta del cartucho</translation>
    </message>
    <message>
        <source>Serial number of the cartridge</source>
        <translation>Número de serie del cartucho</translation>
    </message>
    <message>
        <source>Lot of the numbing product</source>
        <translation>Lote del producto anestésico</translation>
    </message>
    <message>
        <source>Numbing product expires on</source>
        <translation>El producto anestésico caduca el</translation>
    </message>
    <message>
        <source>Radius of the rotor</source>
        <translation>Radio del rotor</translation>
    </message>
    <message>
        <source>Force of the centrifuge</source>
        <translation>Fuerza de la centrífuga</translation>
    </message>
    <message>
        <source>Speed of the centrifuge</source>
        <translation>Velocidad de la centrífuga</translation>
    </message>
    <message>
        <source>Minutes in the centrifuge</source>
        <translation>Minutos en la centrífuga</translation>
    </message>
    <message>
        <source>Anticoagulant</source>
        <translation>Anticoagulante</translation>
    </message>
    <message>
        <source>Activator</source>
        <translation>Activador</translation>
    </message>
    <message>
        <source>Spin {number}: speed</source>
        <translation>Centrifugado {number}: velocidad</translation>
    </message>
    <message>
        <source>Spin {number}: radius</source>
        <translation>Centrifugado {number}: radio</translation>
    </message>
    <message>
        <source>Spin {number}: minutes</source>
        <translation>Centrifugado {number}: minutos</translation>
    </message>
    <message>
        <source>Spin {number}: begun at</source>
        <translation>Centrifugado {number}: empezado a las</translation>
    </message>
    <message>
        <source>Spin {number}: by</source>
        <translation>Centrifugado {number}: por</translation>
    </message>
    <message>
        <source>Topical, line {number}: name</source>
        <translation>Tópico, línea {number}: nombre</translation>
    </message>
    <message>
        <source>Topical, line {number}: lot</source>
        <translation>Tópico, línea {number}: lote</translation>
    </message>
    <message>
        <source>Topical, line {number}: expires on</source>
        <translation>Tópico, línea {number}: caduca el</translation>
    </message>
    <message>
        <source>Topical, line {number}: amount</source>
        <translation>Tópico, línea {number}: cantidad</translation>
    </message>
    <message>
        <source>Topical, line {number}: used for</source>
        <translation>Tópico, línea {number}: usado para</translation>
    </message>
    <message>
        <source>Asepsis, step {number}</source>
        <translation>Asepsia, paso {number}</translation>
    </message>
    <message>
        <source>Asepsis, step {number}: confirmed at</source>
        <translation>Asepsia, paso {number}: confirmado a las</translation>
    </message>
    <message>
        <source>Asepsis, step {number}: confirmed by</source>
        <translation>Asepsia, paso {number}: confirmado por</translation>
    </message>
    <message>
        <source>Begun at, line {number}</source>
        <translation>Empezado a las, línea {number}</translation>
    </message>
    <message>
        <source>Ended at, line {number}</source>
        <translation>Terminado a las, línea {number}</translation>
    </message>
    <message>
        <source>Note, line {number}</source>
        <translation>Nota, línea {number}</translation>
    </message>
    <message>
        <source>Reason to go on, {number}: about what</source>
        <translation>Motivo para seguir, {number}: sobre qué</translation>
    </message>
    <message>
        <source>Reason to go on, {number}: in words</source>
        <translation>Motivo para seguir, {number}: en palabras</translation>
    </message>
    <message>
        <source>{topic}: which question</source>
        <translation>{topic}: qué pregunta</translation>
    </message>
    <message>
        <source>{topic}: answer</source>
        <translation>{topic}: respuesta</translation>
    </message>
    <message>
        <source>{topic}: day of last use</source>
        <translation>{topic}: día del último uso</translation>
    </message>
    <message>
        <source>{topic}: words beside</source>
        <translation>{topic}: palabras al lado</translation>
    </message>
    <message>
        <source>{topic}: area</source>
        <translation>{topic}: zona</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Visita</translation>
    </message>
    <message>
        <source>Screening</source>
        <translation>Preguntas previas</translation>
    </message>
    <message>
        <source>Exam and order</source>
        <translation>Examen y orden</translation>
    </message>
    <message>
        <source>Preparation and care</source>
        <translation>Preparación y cuidados</translation>
    </message>
    <message>
        <source>Treatment</source>
        <translation>Tratamiento</translation>
    </message>
    <message>
        <source>Question {number}</source>
        <translation>Pregunta {number}</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otros</translation>
    </message>
</context>
<context>
    <name>FilterCard</name>
    <message>
        <source>YYYY-MM-DD</source>
        <translation>AAAA-MM-DD</translation>
    </message>
    <message>
        <source>P-000012</source>
        <translation>P-000012</translation>
    </message>
    <message>
        <source>Every kind</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>To, this day included</source>
        <translation>Hasta (incluido)</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Done by</source>
        <translation>Hecho por</translation>
    </message>
    <message>
        <source>Record number of a patient</source>
        <translation>Núm. de expediente</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpiar</translation>
    </message>
    <message>
        <source>Write the day as YYYY-MM-DD, for example 2026-11-23.</source>
        <translation>Escriba el día como AAAA-MM-DD, por ejemplo 2026-11-23.</translation>
    </message>
</context>
<context>
    <name>FindBox</name>
    <message>
        <source>Find anything</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Find a person, a visit, a lot, a serial number or a command</source>
        <translation>Busque una persona, visita, lote, número de serie o comando</translation>
    </message>
    <message>
        <source>Person, visit, lot, serial number or command</source>
        <translation>Persona, visita, lote, número de serie o comando</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Lo encontrado</translation>
    </message>
    <message>
        <source>Nothing is called so. Try fewer letters, or the record number.</source>
        <translation>Nada se llama así. Pruebe con menos letras o con el número de expediente.</translation>
    </message>
    <message>
        <source>Up and Down choose · Enter opens · Esc closes</source>
        <translation>Arriba y Abajo eligen · Intro abre · Esc cierra</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>Abiertos hace poco</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visitas</translation>
    </message>
    <message>
        <source>Devices and supplies</source>
        <translation>Dispositivos e insumos</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Comandos</translation>
    </message>
    <message>
        <source>similar name</source>
        <translation>nombre parecido</translation>
    </message>
</context>
<context>
    <name>FinishPage</name>
    <message>
        <source>Finish the set-up</source>
        <translation>Termine la configuración</translation>
    </message>
    <message>
        <source>Welcome back, {name}. The screen was left before the recovery sheet was read back. The clinic stands and nothing of it was lost. The sheet&apos;s code is kept nowhere in the program, so it is shown here no more.</source>
        <translation>Le damos la bienvenida de nuevo, {name}. Se dejó la pantalla antes de comprobar la hoja de recuperación. La clínica está creada y no se perdió nada de ella. El código de la hoja no se guarda en ninguna parte del programa, así que aquí ya no se muestra.</translation>
    </message>
    <message>
        <source>Back to the log-in</source>
        <translation>Volver al inicio de sesión</translation>
    </message>
    <message>
        <source>Read the sheet back</source>
        <translation>Compruebe la hoja</translation>
    </message>
    <message>
        <source>Type the {count} groups from the paper, or scan its square code into the first box. This proves that the paper can be read on the day it is needed.</source>
        <translation>Escriba los {count} grupos del papel, o escanee su código cuadrado en la primera casilla. Esto prueba que el papel se podrá leer el día que haga falta.</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminar</translation>
    </message>
    <message>
        <source>No paper, or it cannot be read?</source>
        <translation>¿No hay papel, o no se puede leer?</translation>
    </message>
    <message>
        <source>Make another sheet, print it and read that one back. The sheet of before then opens the clinic with older copies of the key file alone: destroy it.</source>
        <translation>Cree otra hoja, imprímala y compruebe esa. La hoja anterior abre entonces la clínica solo con copias más antiguas del archivo de claves: destrúyala.</translation>
    </message>
    <message>
        <source>Your own password, typed for this</source>
        <translation>Su propia contraseña, escrita para esto</translation>
    </message>
    <message>
        <source>Make another sheet …</source>
        <translation>Crear otra hoja …</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Imprimir …</translation>
    </message>
    <message>
        <source>Type every group from the paper first.</source>
        <translation>Escriba primero todos los grupos del papel.</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Escriba su contraseña.</translation>
    </message>
    <message>
        <source>Save the recovery sheet</source>
        <translation>Guardar la hoja de recuperación</translation>
    </message>
    <message>
        <source>Making the sheet</source>
        <translation>Creando la hoja</translation>
    </message>
    <message>
        <source>{file} is written. Print it, delete the file, and read the paper back above.</source>
        <translation>Se escribió {file}. Imprímalo, borre el archivo y compruebe el papel arriba.</translation>
    </message>
</context>
<context>
    <name>FirstPasswordPage</name>
    <message>
        <source>The password that you were given</source>
        <translation>La contraseña que le dieron</translation>
    </message>
    <message>
        <source>Your own password</source>
        <translation>Su propia contraseña</translation>
    </message>
    <message>
        <source>Choose it</source>
        <translation>Elegirla</translation>
    </message>
    <message>
        <source>Back to the log-in</source>
        <translation>Volver al inicio de sesión</translation>
    </message>
    <message>
        <source>Choose your own password</source>
        <translation>Elija su propia contraseña</translation>
    </message>
    <message>
        <source>Welcome, {name}. The password that you just typed was given to you by somebody else, so it is good for this one step only.</source>
        <translation>Le damos la bienvenida, {name}. La contraseña que acaba de escribir se la dio otra persona, así que solo sirve para este paso.</translation>
    </message>
    <message>
        <source>Your signature key is made now, with this password. Nobody else can sign with it.</source>
        <translation>Ahora se crea su clave de firma, con esta contraseña. Nadie más puede firmar con ella.</translation>
    </message>
    <message>
        <source>Make my recovery code …</source>
        <translation>Crear mi código …</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Imprimir …</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Más tarde</translation>
    </message>
    <message>
        <source>Your own password, once more</source>
        <translation>Su propia contraseña, una vez más</translation>
    </message>
    <message>
        <source>The code leads to your account, so nobody but you is to make it.</source>
        <translation>El código lleva a su cuenta, así que solo usted debe crearlo.</translation>
    </message>
    <message>
        <source>Your recovery code</source>
        <translation>Su código de recuperación</translation>
    </message>
    <message>
        <source>If you ever forget your password, this code brings you back in and keeps your signature key. It is a card of one page that you keep at home or in your own locked drawer.</source>
        <translation>Si alguna vez olvida su contraseña, este código le deja volver a entrar y conserva su clave de firma. Es una tarjeta de una página que usted guarda en casa o en su propio cajón con llave.</translation>
    </message>
    <message>
        <source>Put off, it stands on Today until it is made.</source>
        <translation>Si lo deja para después, aparecerá en Hoy hasta que lo haga.</translation>
    </message>
    <message>
        <source>Type the password that you were given.</source>
        <translation>Escriba la contraseña que le dieron.</translation>
    </message>
    <message>
        <source>Choosing your password</source>
        <translation>Eligiendo su contraseña</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Escriba su contraseña.</translation>
    </message>
    <message>
        <source>Write the card to</source>
        <translation>Escribir la tarjeta en</translation>
    </message>
    <message>
        <source>Making your recovery code</source>
        <translation>Creando su código de recuperación</translation>
    </message>
    <message>
        <source>{file} is written. Print it, then delete the file.</source>
        <translation>{file} está escrito. Imprímalo y luego borre el archivo.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
</context>
<context>
    <name>Fold</name>
    <message>
        <source>Open</source>
        <translation>Abierto</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Plegado</translation>
    </message>
</context>
<context>
    <name>ForgotCard</name>
    <message>
        <source>Forgot your password?</source>
        <translation>¿Olvidó su contraseña?</translation>
    </message>
    <message>
        <source>With your personal recovery code</source>
        <translation>Con su código de recuperación personal</translation>
    </message>
    <message>
        <source>You choose a new password here and keep your signature key. The code opens the clinic no more then: make a new one afterwards.</source>
        <translation>Aquí elige una contraseña nueva y conserva su clave de firma. Después el código ya no abre la clínica: cree uno nuevo.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nombre de usuario</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Contraseña nueva</translation>
    </message>
    <message>
        <source>Only for those who sign with one</source>
        <translation>Solo para quienes firman con uno</translation>
    </message>
    <message>
        <source>Your key file, if you sign with one</source>
        <translation>Su archivo de clave, si firma con uno</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Elegir …</translation>
    </message>
    <message>
        <source>Somebody else may know the code or my old password</source>
        <translation>Otra persona puede saber el código o mi contraseña anterior</translation>
    </message>
    <message>
        <source>Set the password and log in</source>
        <translation>Poner la contraseña y entrar</translation>
    </message>
    <message>
        <source>Your code</source>
        <translation>Su código</translation>
    </message>
    <message>
        <source>An older copy of the key file, such as a backup&apos;s, still opens with them. Ticked, your keys are made anew, so that nothing that comes out of a backup signs in your name.</source>
        <translation>Una copia anterior del archivo de claves, como la de un respaldo, se sigue abriendo con ellos. Si lo marca, sus claves se crean de nuevo, para que nada que salga de un respaldo firme en su nombre.</translation>
    </message>
    <message>
        <source>Without it</source>
        <translation>Sin él</translation>
    </message>
    <message>
        <source>Ask an administrator: Settings, People, Reset. You get a password for one log-in and choose your own. Your old signature key ends; what you signed stays valid.</source>
        <translation>Pida ayuda a la administración: Ajustes, Personas, Restablecer. Recibirá una contraseña para una sola entrada y elegirá la suya. Su clave de firma anterior termina; lo que firmó sigue siendo válido.</translation>
    </message>
    <message>
        <source>If no administrator can log in either</source>
        <translation>Si la administración tampoco puede entrar</translation>
    </message>
    <message>
        <source>The clinic&apos;s recovery sheet opens the records for reading and makes a new administrator, in view of everybody.</source>
        <translation>La hoja de recuperación de la clínica abre los expedientes para leerlos y crea una nueva administración, a la vista de todos.</translation>
    </message>
    <message>
        <source>Back to the log-in</source>
        <translation>Volver al inicio de sesión</translation>
    </message>
    <message>
        <source>Open with the recovery sheet …</source>
        <translation>Abrir con la hoja …</translation>
    </message>
    <message>
        <source>Nobody went on for a while, so the code and the password were forgotten: type them again.</source>
        <translation>Nadie siguió durante un rato, así que se olvidaron el código y la contraseña: escríbalos de nuevo.</translation>
    </message>
    <message>
        <source>Type your user name.</source>
        <translation>Escriba su nombre de usuario.</translation>
    </message>
    <message>
        <source>Type every group of your code.</source>
        <translation>Escriba todos los grupos de su código.</translation>
    </message>
    <message>
        <source>Your key file</source>
        <translation>Su archivo de clave</translation>
    </message>
</context>
<context>
    <name>FormFoot</name>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>Nada que deshacer</translation>
    </message>
    <message>
        <source>Undo: {act} (Ctrl+Z)</source>
        <translation>Deshacer: {act} (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Nothing to do again</source>
        <translation>Nada que rehacer</translation>
    </message>
    <message>
        <source>Redo: {act} (Ctrl+Shift+Z)</source>
        <translation>Rehacer: {act} (Ctrl+Shift+Z)</translation>
    </message>
</context>
<context>
    <name>GlassCard</name>
    <message>
        <source>In an emergency: break the glass</source>
        <translation>En una emergencia: romper el cristal</translation>
    </message>
    <message>
        <source>For a while you may also: {acts}. Every entry says so, and the director sees it.</source>
        <translation>Por un rato también podrá: {acts}. Cada entrada lo dice, y la dirección lo ve.</translation>
    </message>
    <message>
        <source>Break the glass …</source>
        <translation>Romper el cristal …</translation>
    </message>
    <message>
        <source>The glass is broken until {time}.</source>
        <translation>El cristal está roto hasta las {time}.</translation>
    </message>
</context>
<context>
    <name>GlassSheet</name>
    <message>
        <source>Break the glass</source>
        <translation>Romper el cristal</translation>
    </message>
    <message>
        <source>The director is shown the reason, your name and the time. Nothing is signed.</source>
        <translation>La dirección ve el motivo, su nombre y la hora. Nada se firma.</translation>
    </message>
    <message>
        <source>What happened?</source>
        <translation>¿Qué pasó?</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} minutos</translation>
    </message>
    <message>
        <source>For how long?</source>
        <translation>¿Por cuánto tiempo?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Break it</source>
        <translation>Romperlo</translation>
    </message>
</context>
<context>
    <name>GlassStrip</name>
    <message>
        <source>Give it back</source>
        <translation>Devolverlo</translation>
    </message>
    <message>
        <source>{name} broke the glass: wider rights until {time}. Every entry says so, and the director sees it.</source>
        <translation>{name} rompió el cristal: derechos más amplios hasta las {time}. Cada entrada lo dice, y la dirección lo ve.</translation>
    </message>
    <message>
        <source>The glass was given back. The director sees it.</source>
        <translation>El cristal se devolvió. La dirección lo ve.</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>{field} of {row}</source>
        <translation>{field} de {row}</translation>
    </message>
    <message>
        <source>There are {most} lines, which is all that fit.</source>
        <translation>Hay {most} líneas; no caben más.</translation>
    </message>
    <message>
        <source>a line added</source>
        <translation>una línea agregada</translation>
    </message>
    <message>
        <source>a line</source>
        <translation>una línea</translation>
    </message>
    <message>
        <source>Remove this line</source>
        <translation>Quitar esta línea</translation>
    </message>
    <message>
        <source>{count} areas confirmed</source>
        <translation>{count} zonas confirmadas</translation>
    </message>
    <message>
        <source>{row} confirmed</source>
        <translation>{row}: confirmado</translation>
    </message>
    <message>
        <source>{row} removed</source>
        <translation>{row} quitada</translation>
    </message>
    <message>
        <source>To the line below, or to a new one</source>
        <translation>A la línea de abajo, o a una nueva</translation>
    </message>
    <message>
        <source>To the line above</source>
        <translation>A la línea de arriba</translation>
    </message>
    <message>
        <source>In the lines</source>
        <translation>En las líneas</translation>
    </message>
    <message>
        <source>The table has {rows} lines of {columns} cells, and from here {most} lines of {room} cells fit. Nothing was pasted, and what you copied is still copied.</source>
        <translation>La tabla tiene {rows} líneas de {columns} celdas, y desde aquí caben {most} líneas de {room} celdas. No se pegó nada, y lo que copió sigue copiado.</translation>
    </message>
    <message>
        <source>{count} lines pasted</source>
        <translation>{count} líneas pegadas</translation>
    </message>
</context>
<context>
    <name>GridRow</name>
    <message>
        <source>Remove line {number}</source>
        <translation>Quitar la línea {number}</translation>
    </message>
    <message>
        <source>Carried from last time: confirm</source>
        <translation>Traído de la última vez: confirmar</translation>
    </message>
    <message>
        <source>Confirm line {number}</source>
        <translation>Confirmar la línea {number}</translation>
    </message>
    <message>
        <source>This was carried from last time. Press it if it was done like this today.</source>
        <translation>Se trajo de la última vez. Púlselo si hoy se hizo así.</translation>
    </message>
</context>
<context>
    <name>HistoryPart</name>
    <message>
        <source>Health history</source>
        <translation>Antecedentes de salud</translation>
    </message>
    <message>
        <source>Nothing is written down yet.</source>
        <translation>Aún no hay nada anotado.</translation>
    </message>
    <message>
        <source>Add to the history</source>
        <translation>Añadir a los antecedentes</translation>
    </message>
    <message>
        <source>{kind}: {what}</source>
        <translation>{kind}: {what}</translation>
    </message>
    <message>
        <source>End …</source>
        <translation>Terminar …</translation>
    </message>
    <message>
        <source>End: {what}</source>
        <translation>Terminar: {what}</translation>
    </message>
    <message>
        <source>History: {what}</source>
        <translation>Historial: {what}</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>desde {day}</translation>
    </message>
    <message>
        <source>ended {day}: {reason}</source>
        <translation>terminó {day}: {reason}</translation>
    </message>
</context>
<context>
    <name>HistorySheet</name>
    <message>
        <source>Add to the health history</source>
        <translation>Añadir a los antecedentes de salud</translation>
    </message>
    <message>
        <source>What you choose from the list is asked about at each screening until it ends.</source>
        <translation>Lo que elija de la lista se pregunta en cada cuestionario hasta que termine.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>En palabras</translation>
    </message>
    <message>
        <source>Empty: as in the list.</source>
        <translation>Vacío: como en la lista.</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>A year, a month or a day: 2024, 2024-05, 2024-05-31.</source>
        <translation>Un año, un mes o un día: 2024, 2024-05, 2024-05-31.</translation>
    </message>
    <message>
        <source>Who says so</source>
        <translation>Quién lo dice</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Not in the list: write it in words</source>
        <translation>No está en la lista: escríbalo en palabras</translation>
    </message>
</context>
<context>
    <name>HoldSheet</name>
    <message>
        <source>End the legal hold</source>
        <translation>Terminar la retención legal</translation>
    </message>
    <message>
        <source>Put a legal hold</source>
        <translation>Poner una retención legal</translation>
    </message>
    <message>
        <source>While it stands, nothing about {number} is ever removed.</source>
        <translation>Mientras dure, nunca se quita nada sobre {number}.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>End the hold</source>
        <translation>Terminar la retención</translation>
    </message>
    <message>
        <source>Put the hold</source>
        <translation>Poner la retención</translation>
    </message>
</context>
<context>
    <name>IdentityStep</name>
    <message>
        <source>Identity</source>
        <translation>Identidad</translation>
    </message>
    <message>
        <source>Ask for the full name and the date of birth; do not read them out.</source>
        <translation>Pregunte el nombre completo y la fecha de nacimiento; no los lea en voz alta.</translation>
    </message>
    <message>
        <source>Treatment wanted</source>
        <translation>Tratamiento deseado</translation>
    </message>
    <message>
        <source>Areas planned</source>
        <translation>Zonas previstas</translation>
    </message>
    <message>
        <source>What speaks against one of them is told before it is treated.</source>
        <translation>Lo que se opone a una de ellas se dice antes de tratarla.</translation>
    </message>
</context>
<context>
    <name>InForceView</name>
    <message>
        <source>Back to the list</source>
        <translation>Volver a la lista</translation>
    </message>
    <message>
        <source>Duties of the clinic</source>
        <translation>Deberes de la clínica</translation>
    </message>
    <message>
        <source>In force on a day</source>
        <translation>En vigor en un día</translation>
    </message>
    <message>
        <source>YYYY-MM-DD</source>
        <translation>AAAA-MM-DD</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Día</translation>
    </message>
    <message>
        <source>Press Enter to look at another day.</source>
        <translation>Pulse Intro para ver otro día.</translation>
    </message>
    <message>
        <source>What was in force</source>
        <translation>Lo que estaba en vigor</translation>
    </message>
    <message>
        <source>No policy was in force; nobody could be treated.</source>
        <translation>No había política en vigor; no se podía tratar a nadie.</translation>
    </message>
    <message>
        <source>The policy was signed only later; nobody could be treated under it on this day.</source>
        <translation>La política se firmó después; ese día no se podía tratar a nadie con ella.</translation>
    </message>
    <message>
        <source>This day lies ahead. What is signed until then may change it.</source>
        <translation>Este día está por venir. Lo que se firme hasta entonces puede cambiarlo.</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Política</translation>
    </message>
    <message>
        <source>Protocols</source>
        <translation>Protocolos</translation>
    </message>
    <message>
        <source>Consent texts</source>
        <translation>Textos de consentimiento</translation>
    </message>
    <message>
        <source>Medical director</source>
        <translation>Dirección médica</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>desde el {day}</translation>
    </message>
    <message>
        <source>Authorisations</source>
        <translation>Autorizaciones</translation>
    </message>
    <message>
        <source>{kind} {number}: {first} to {last}</source>
        <translation>{kind} {number}: {first} a {last}</translation>
    </message>
    <message>
        <source>{kind} {number}: {first} to {last}. NOT VALID on this day</source>
        <translation>{kind} {number}: {first} a {last}. NO VÁLIDA ese día</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Ninguno.</translation>
    </message>
    <message>
        <source>version {version} {language}, from {first}</source>
        <translation>versión {version} {language}, desde el {first}</translation>
    </message>
    <message>
        <source>to {last}</source>
        <translation>hasta el {last}</translation>
    </message>
    <message>
        <source>Delegations</source>
        <translation>Delegaciones</translation>
    </message>
    <message>
        <source>{service}, {protocol}, from {first}</source>
        <translation>{service}, {protocol}, desde el {first}</translation>
    </message>
    <message>
        <source>Licences and certificates</source>
        <translation>Licencias y certificados</translation>
    </message>
    <message>
        <source>to be looked at again by {day}</source>
        <translation>por revisar antes del {day}</translation>
    </message>
    <message>
        <source>signed only later, on {day}</source>
        <translation>firmado solo más tarde, el {day}</translation>
    </message>
</context>
<context>
    <name>InspectionPage</name>
    <message>
        <source>Inspection</source>
        <translation>Inspección</translation>
    </message>
    <message>
        <source>Valid means unaltered and complete against the log. It does not say that the care was right.</source>
        <translation>Válido significa sin alteraciones y completo según la bitácora. No dice que la atención fuera correcta.</translation>
    </message>
    <message>
        <source>Audit bundle</source>
        <translation>Paquete de auditoría</translation>
    </message>
    <message>
        <source>Every visit of a period with its signatures and proofs, in one file for any browser.</source>
        <translation>Todas las visitas de un período con sus firmas y pruebas, en un archivo para cualquier navegador.</translation>
    </message>
    <message>
        <source>Without encryption (anybody who finds the file can read it)</source>
        <translation>Sin cifrar (quien encuentre el archivo puede leerlo)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>To, this day included</source>
        <translation>Hasta, este día incluido</translation>
    </message>
    <message>
        <source>P-000123</source>
        <translation>P-000123</translation>
    </message>
    <message>
        <source>Only this patient, by record number (empty: everybody)</source>
        <translation>Solo este paciente, por número de expediente (vacío: todos)</translation>
    </message>
    <message>
        <source>Then the file proves that nothing about them was left out, and shows nobody else.</source>
        <translation>El archivo prueba entonces que no falta nada sobre esa persona, y no muestra a nadie más.</translation>
    </message>
    <message>
        <source>Write it to</source>
        <translation>Escribir en</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Elegir …</translation>
    </message>
    <message>
        <source>Make the bundle</source>
        <translation>Crear el paquete</translation>
    </message>
    <message>
        <source>Fingerprint sheet …</source>
        <translation>Hoja de huella …</translation>
    </message>
    <message>
        <source>Check the store</source>
        <translation>Revisar los registros</translation>
    </message>
    <message>
        <source>Every page, row, log entry, signature and anchor of this clinic, from recomputed values.</source>
        <translation>Cada página, fila, entrada de la bitácora, firma y ancla de esta clínica, con valores recalculados.</translation>
    </message>
    <message>
        <source>mnclinic/…</source>
        <translation>mnclinic/…</translation>
    </message>
    <message>
        <source>Compare with a checkpoint (empty: none)</source>
        <translation>Comparar con un punto de control (vacío: ninguno)</translation>
    </message>
    <message>
        <source>Scan or paste the text of a printed page&apos;s code, or choose a file of it, a bundle that is not encrypted, or a backup.</source>
        <translation>Escanee o pegue el texto del código de una página impresa, o elija un archivo de ella, un paquete sin cifrar o un respaldo.</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Revisar ahora</translation>
    </message>
    <message>
        <source>Choose a file …</source>
        <translation>Elegir un archivo …</translation>
    </message>
    <message>
        <source>The log</source>
        <translation>La bitácora</translation>
    </message>
    <message>
        <source>Every act in this clinic as a sentence: who did what, to what, and when.</source>
        <translation>Cada acto de esta clínica en una frase: quién hizo qué, a qué y cuándo.</translation>
    </message>
    <message>
        <source>Read the log</source>
        <translation>Leer la bitácora</translation>
    </message>
    <message>
        <source>The passphrase of the bundle {file} was shown here before, and is shown nowhere any more. If you did not note it, nobody can open that file: delete it and make the bundle again. No record was changed.</source>
        <translation>La frase de contraseña del paquete {file} se mostró aquí antes, y ya no se muestra en ninguna parte. Si no la anotó, nadie puede abrir ese archivo: bórrelo y cree el paquete de nuevo. No se cambió ningún registro.</translation>
    </message>
    <message>
        <source>Write the bundle to</source>
        <translation>Escribir el paquete en</translation>
    </message>
    <message>
        <source>Compare with the checkpoint in</source>
        <translation>Comparar con el punto de control de</translation>
    </message>
    <message>
        <source>Making the bundle</source>
        <translation>Creando el paquete</translation>
    </message>
    <message>
        <source>The passphrase, shown only now. Note it before the screen is locked, and tell it to the inspector apart from the file:</source>
        <translation>La frase de contraseña, que solo se muestra ahora. Anótela antes de que se bloquee la pantalla, y désela a quien inspecciona aparte del archivo:</translation>
    </message>
    <message>
        <source>Write the sheet to</source>
        <translation>Escribir la hoja en</translation>
    </message>
    <message>
        <source>{file} written</source>
        <translation>{file} está escrito</translation>
    </message>
    <message>
        <source>visit</source>
        <translation>visita</translation>
    </message>
    <message>
        <source>visits</source>
        <translation>visitas</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Contiene</translation>
    </message>
    <message>
        <source>{visits} of {patients}</source>
        <translation>{visits} de {patients}</translation>
    </message>
    <message>
        <source>patient</source>
        <translation>paciente</translation>
    </message>
    <message>
        <source>patients</source>
        <translation>pacientes</translation>
    </message>
    <message>
        <source>{visits} of one person, and all {entries} log entries about them</source>
        <translation>{visits} de una persona, y las {entries} entradas de la bitácora sobre ella</translation>
    </message>
    <message>
        <source>Another record of this person</source>
        <translation>Otro expediente de esta persona</translation>
    </message>
    <message>
        <source>Director&apos;s fingerprint</source>
        <translation>Huella de la dirección médica</translation>
    </message>
    <message>
        <source>Passphrase of the bundle</source>
        <translation>Frase de contraseña del paquete</translation>
    </message>
    <message>
        <source>Bundle written</source>
        <translation>Paquete escrito</translation>
    </message>
    <message>
        <source>OK: everything is as it was entered.</source>
        <translation>OK: todo está como se registró.</translation>
    </message>
    <message>
        <source>This check was not finished.</source>
        <translation>Esta revisión no terminó.</translation>
    </message>
    <message>
        <source>and {count} more: mnclinic check tells them all</source>
        <translation>y {count} más: mnclinic check los dice todos</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Revisando</translation>
    </message>
    <message>
        <source>OK: everything is as it was entered, and the log goes on from the checkpoint given.</source>
        <translation>OK: todo está como se registró, y la bitácora continúa desde el punto de control dado.</translation>
    </message>
</context>
<context>
    <name>KeptStrip</name>
    <message>
        <source>What stands here has changed since the lock. Read it anew.</source>
        <translation>Lo que figura aquí ha cambiado desde el bloqueo. Léalo de nuevo.</translation>
    </message>
    <message>
        <source>What stands here has changed since you typed before the lock. Read it anew; what you typed is kept.</source>
        <translation>Lo que figura aquí ha cambiado desde que usted escribió antes del bloqueo. Léalo de nuevo; lo que escribió está guardado.</translation>
    </message>
    <message>
        <source>Put it in</source>
        <translation>Ponerlo aquí</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Olvidarlo</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>On this page</source>
        <translation>En esta página</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>LastActs</name>
    <message>
        <source>what you asked for last</source>
        <translation>lo último que pidió</translation>
    </message>
    <message>
        <source>Still under way: {what}. The window closes after it.</source>
        <translation>Aún en curso: {what}. La ventana se cierra después.</translation>
    </message>
    <message>
        <source>Stop it and close</source>
        <translation>Detenerlo y cerrar</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Deteniendo …</translation>
    </message>
    <message>
        <source>It can no longer be stopped. The window closes after it.</source>
        <translation>Ya no se puede detener. La ventana se cierra después.</translation>
    </message>
</context>
<context>
    <name>Left</name>
    <message>
        <source>Nobody went on for a while, so passwords and codes were forgotten: type them again.</source>
        <translation>Nadie siguió durante un rato, así que las contraseñas y los códigos se olvidaron: escríbalos de nuevo.</translation>
    </message>
    <message>
        <source>This computer was locked, so passwords and codes were forgotten: type them again.</source>
        <translation>Este equipo se bloqueó, así que las contraseñas y los códigos se olvidaron: escríbalos de nuevo.</translation>
    </message>
    <message>
        <source>The computer went to sleep, so passwords and codes were forgotten: type them again.</source>
        <translation>El equipo entró en suspensión, así que las contraseñas y los códigos se olvidaron: escríbalos de nuevo.</translation>
    </message>
    <message>
        <source>Another user took the computer, so passwords and codes were forgotten: type them again.</source>
        <translation>Otro usuario tomó el equipo, así que las contraseñas y los códigos se olvidaron: escríbalos de nuevo.</translation>
    </message>
    <message>
        <source>The lock was asked for, so passwords and codes were forgotten: type them again.</source>
        <translation>Se pidió el bloqueo, así que las contraseñas y los códigos se olvidaron: escríbalos de nuevo.</translation>
    </message>
    <message>
        <source>Locked.</source>
        <translation>Bloqueado.</translation>
    </message>
    <message>
        <source>Locked, because nobody used it for a while.</source>
        <translation>Bloqueado, porque nadie lo usó por un rato.</translation>
    </message>
    <message>
        <source>Locked, because one log-in lasts 12 hours at most.</source>
        <translation>Bloqueado, porque una sesión dura como máximo 12 horas.</translation>
    </message>
    <message>
        <source>Locked together with this computer.</source>
        <translation>Bloqueado junto con esta computadora.</translation>
    </message>
    <message>
        <source>Locked, because the computer went to sleep.</source>
        <translation>Bloqueado, porque la computadora se suspendió.</translation>
    </message>
    <message>
        <source>Locked, because another user took the computer.</source>
        <translation>Bloqueado, porque otro usuario tomó la computadora.</translation>
    </message>
    <message>
        <source>The clinic is ready.</source>
        <translation>La clínica está lista.</translation>
    </message>
</context>
<context>
    <name>LightsLine</name>
    <message>
        <source>{count} ready</source>
        <translation>{count} listos</translation>
    </message>
</context>
<context>
    <name>LimitStrip</name>
    <message>
        <source>No area chosen yet</source>
        <translation>Aún no se ha elegido zona</translation>
    </message>
    <message>
        <source>Choose an area: then its limit stands here.</source>
        <translation>Elija una zona: aquí aparecerá su límite.</translation>
    </message>
</context>
<context>
    <name>LinuxSignals</name>
    <message>
        <source>Locks the clinic before the computer sleeps</source>
        <translation>Bloquea la clínica antes de que la computadora se suspenda</translation>
    </message>
</context>
<context>
    <name>LockSection</name>
    <message>
        <source>Lock</source>
        <translation>Bloqueo</translation>
    </message>
    <message>
        <source>The window also locks with Ctrl+L, and when this PC is locked, sleeps or changes its user. What was typed is kept, encrypted, and is there again after the log-in.</source>
        <translation>La ventana también se bloquea con Ctrl+L, y cuando esta computadora se bloquea, se suspende o cambia de usuario. Lo escrito se guarda cifrado y vuelve a estar ahí al iniciar sesión.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Lock after this long without a touch</source>
        <translation>Bloquear tras este tiempo sin uso</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>The medical director or an administrator can change it.</source>
        <translation>La dirección médica o la administración pueden cambiarlo.</translation>
    </message>
    <message>
        <source>Saved. It holds from now on.</source>
        <translation>Guardado. Vale desde ahora.</translation>
    </message>
</context>
<context>
    <name>LogScreen</name>
    <message>
        <source>Export as a table …</source>
        <translation>Exportar como tabla …</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Bitácora</translation>
    </message>
    <message>
        <source>Older entries</source>
        <translation>Entradas anteriores</translation>
    </message>
    <message>
        <source>Newer entries</source>
        <translation>Entradas posteriores</translation>
    </message>
    <message>
        <source>Newest entries</source>
        <translation>Entradas más recientes</translation>
    </message>
    <message>
        <source>Entries of the log, newest first</source>
        <translation>Entradas de la bitácora, las más nuevas primero</translation>
    </message>
    <message>
        <source>Who looked at this chart, newest first</source>
        <translation>Quién miró este expediente, lo más nuevo primero</translation>
    </message>
    <message>
        <source>No entries</source>
        <translation>Sin entradas</translation>
    </message>
    <message>
        <source>Nothing in the log answers to this. Ask for more days.</source>
        <translation>Nada en la bitácora responde a esto. Pida más días.</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>Nuevas</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>Anteriores</translation>
    </message>
    <message>
        <source>Newest first. Each entry on this page was held against its signature just now.</source>
        <translation>Las más nuevas primero. Cada entrada de esta página se acaba de comparar con su firma.</translation>
    </message>
    <message>
        <source>By person and sitting, newest first. A bundle is of a period and stands in the whole log.</source>
        <translation>Por persona y sesión de trabajo, lo más nuevo primero. Un paquete es de un período y está en la bitácora completa.</translation>
    </message>
    <message>
        <source>sitting</source>
        <translation>sesión de trabajo</translation>
    </message>
    <message>
        <source>sittings</source>
        <translation>sesiones de trabajo</translation>
    </message>
    <message>
        <source>{n}, and more before them</source>
        <translation>{n}, y más antes de ellas</translation>
    </message>
    <message>
        <source>entry on this page</source>
        <translation>entrada en esta página</translation>
    </message>
    <message>
        <source>entries on this page</source>
        <translation>entradas en esta página</translation>
    </message>
    <message>
        <source> · {n} of them not as entered: run the check under Inspection</source>
        <translation> · {n} de ellas no están como se registraron: haga la revisión en Inspección</translation>
    </message>
    <message>
        <source>Entry {n}</source>
        <translation>Entrada {n}</translation>
    </message>
    <message>
        <source>Entries {first} to {last} · {role}</source>
        <translation>Entradas {first} a {last} · {role}</translation>
    </message>
    <message>
        <source>Write the table to</source>
        <translation>Escribir la tabla en</translation>
    </message>
    <message>
        <source>Writing the log as a table</source>
        <translation>Escribiendo la bitácora como tabla</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>entrada</translation>
    </message>
    <message>
        <source>entries</source>
        <translation>entradas</translation>
    </message>
    <message>
        <source>{entries} written to {file}</source>
        <translation>{entries} escritas en {file}</translation>
    </message>
    <message>
        <source>; there are more</source>
        <translation>; hay más</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Log in to the clinic on this PC.</source>
        <translation>Inicie sesión en la clínica de esta computadora.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nombre de usuario</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Entrar</translation>
    </message>
    <message>
        <source>Forgot your password?</source>
        <translation>¿Olvidó su contraseña?</translation>
    </message>
    <message>
        <source>Data folder: {folder}</source>
        <translation>Carpeta de datos: {folder}</translation>
    </message>
    <message>
        <source>Demo clinic: try it as</source>
        <translation>Clínica de demostración: pruébela como</translation>
    </message>
    <message>
        <source>Type your user name and your password.</source>
        <translation>Escriba su nombre de usuario y su contraseña.</translation>
    </message>
    <message>
        <source>Setting the password</source>
        <translation>Poniendo la contraseña</translation>
    </message>
    <message>
        <source>Logging in</source>
        <translation>Entrando</translation>
    </message>
    <message>
        <source>Nobody went on for a while, so the password in the field was forgotten.</source>
        <translation>Nadie siguió durante un rato, así que se olvidó la contraseña del campo.</translation>
    </message>
    <message>
        <source>Opening the clinic …</source>
        <translation>Abriendo la clínica …</translation>
    </message>
    <message>
        <source>Too many wrong passwords were typed. The next one can be tried in {minutes}:{seconds:02}. Nothing was changed.</source>
        <translation>Se escribieron demasiadas contraseñas incorrectas. Puede probar la siguiente en {minutes}:{seconds:02}. Nada cambió.</translation>
    </message>
</context>
<context>
    <name>LooksSection</name>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>Contraste alto, claro</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>Contraste alto, oscuro</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>Anywhere, also at the log-in: Ctrl and + or −, and Ctrl+0 for the usual size.</source>
        <translation>En cualquier lugar, también al iniciar sesión: Ctrl y + o −, y Ctrl+0 para el tamaño habitual.</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Menos movimiento</translation>
    </message>
    <message>
        <source>All motion</source>
        <translation>Todo el movimiento</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Movimiento</translation>
    </message>
    <message>
        <source>Less motion: nothing slides, fades or blinks. What has to be read stays as long.</source>
        <translation>Menos movimiento: nada se desliza, se desvanece ni parpadea. Lo que hay que leer permanece el mismo tiempo.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>The records, the log and what is printed stay in the language they were made in.</source>
        <translation>Los registros, la bitácora y lo que se imprime quedan en el idioma en que se hicieron.</translation>
    </message>
</context>
<context>
    <name>LotCard</name>
    <message>
        <source>Lots</source>
        <translation>Lotes</translation>
    </message>
    <message>
        <source>Add a lot …</source>
        <translation>Agregar un lote …</translation>
    </message>
    <message>
        <source>Count …</source>
        <translation>Contar …</translation>
    </message>
    <message>
        <source>Quarantine …</source>
        <translation>Cuarentena …</translation>
    </message>
    <message>
        <source>Recall …</source>
        <translation>Retirar …</translation>
    </message>
    <message>
        <source>Release …</source>
        <translation>Liberar …</translation>
    </message>
    <message>
        <source>Whom it touched</source>
        <translation>A quién tocó</translation>
    </message>
    <message>
        <source>Added: lot {lot}.</source>
        <translation>Agregado: lote {lot}.</translation>
    </message>
    <message>
        <source>Counted: lot {lot}.</source>
        <translation>Contado: lote {lot}.</translation>
    </message>
    <message>
        <source>Changed: from how many on the stock is low.</source>
        <translation>Cambiado: a partir de cuántos quedan pocas existencias.</translation>
    </message>
    <message>
        <source>Nobody may use it until a director or administrator releases it.</source>
        <translation>Nadie puede usarlo hasta que la dirección médica o la administración lo libere.</translation>
    </message>
    <message>
        <source>Quarantine lot {lot}</source>
        <translation>Poner en cuarentena el lote {lot}</translation>
    </message>
    <message>
        <source>Quarantine it</source>
        <translation>Poner en cuarentena</translation>
    </message>
    <message>
        <source>The maker or an authority called it back. Nobody may use it.</source>
        <translation>El fabricante o una autoridad lo retiró. Nadie puede usarlo.</translation>
    </message>
    <message>
        <source>Recall lot {lot}</source>
        <translation>Retirar el lote {lot}</translation>
    </message>
    <message>
        <source>Mark as recalled</source>
        <translation>Marcar como retirado</translation>
    </message>
    <message>
        <source>It may be used again, up to its last day.</source>
        <translation>Se puede volver a usar, hasta su último día.</translation>
    </message>
    <message>
        <source>Release lot {lot}</source>
        <translation>Liberar el lote {lot}</translation>
    </message>
    <message>
        <source>Release it</source>
        <translation>Liberar</translation>
    </message>
    <message>
        <source>Changed: lot {lot}.</source>
        <translation>Modificado: lote {lot}.</translation>
    </message>
</context>
<context>
    <name>MakeStep</name>
    <message>
        <source>Make the clinic</source>
        <translation>Crear la clínica</translation>
    </message>
    <message>
        <source>Look through it once more. You can still go back and change anything.</source>
        <translation>Léalo una vez más. Todavía puede volver y cambiar lo que sea.</translation>
    </message>
    <message>
        <source>Making the clinic</source>
        <translation>Creando la clínica</translation>
    </message>
    <message>
        <source>Making keys and the encrypted records. It takes one to two seconds for each person on purpose: that is what makes a stolen copy useless.</source>
        <translation>Se crean las claves y los registros cifrados. Tarda a propósito de uno a dos segundos por persona: eso es lo que hace inútil una copia robada.</translation>
    </message>
</context>
<context>
    <name>MapOfAreas</name>
    <message>
        <source>Face</source>
        <translation>Cara</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Derecha</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Izquierda</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Cuerpo</translation>
    </message>
    <message>
        <source>right profile</source>
        <translation>perfil derecho</translation>
    </message>
    <message>
        <source>left profile</source>
        <translation>perfil izquierdo</translation>
    </message>
    <message>
        <source>Map: {view}</source>
        <translation>Mapa: {view}</translation>
    </message>
    <message>
        <source>Figures are depths in mm. Press an area to enter it.</source>
        <translation>Las cifras son profundidades en mm. Pulse una zona para registrarla.</translation>
    </message>
</context>
<context>
    <name>MergeSheet</name>
    <message>
        <source>Merge another record into {number}</source>
        <translation>Unir otro expediente a {number}</translation>
    </message>
    <message>
        <source>For one person who was put on the roster twice. Both numbers go on finding them, visits stay where they were signed, and it can be taken back.</source>
        <translation>Para una persona que se agregó dos veces a la lista. Los dos números la siguen encontrando, las visitas quedan donde se firmaron, y se puede deshacer.</translation>
    </message>
    <message>
        <source>Name, record number, phone digits or date of birth</source>
        <translation>Nombre, expediente, teléfono o nacimiento</translation>
    </message>
    <message>
        <source>The other record</source>
        <translation>El otro expediente</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Expediente</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Fecha de nacimiento</translation>
    </message>
    <message>
        <source>Records that were found</source>
        <translation>Expedientes encontrados</translation>
    </message>
    <message>
        <source>Nobody else was found. Try fewer letters, or the record number.</source>
        <translation>No se encontró a nadie más. Pruebe con menos letras o con el número de expediente.</translation>
    </message>
    <message>
        <source>How do you know that they are one person?</source>
        <translation>¿Cómo sabe que son la misma persona?</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Unir</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>{kept}  and  {other}</source>
        <translation>{kept}  y  {other}</translation>
    </message>
    <message>
        <source>The dates of birth differ. Make sure that this is one person.</source>
        <translation>Las fechas de nacimiento son distintas. Asegúrese de que es la misma persona.</translation>
    </message>
    <message>
        <source>Say how you know.</source>
        <translation>Diga cómo lo sabe.</translation>
    </message>
</context>
<context>
    <name>NeedsStrip</name>
    <message>
        <source>needs something</source>
        <translation>necesita algo</translation>
    </message>
    <message>
        <source>need something</source>
        <translation>necesitan algo</translation>
    </message>
    <message>
        <source>left open</source>
        <translation>sin cerrar</translation>
    </message>
    <message>
        <source>to review</source>
        <translation>por revisar</translation>
    </message>
    <message>
        <source>notice</source>
        <translation>aviso</translation>
    </message>
    <message>
        <source>notices</source>
        <translation>avisos</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>Mostrar menos</translation>
    </message>
    <message>
        <source>Show what</source>
        <translation>Mostrar qué</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abierto</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Plegado</translation>
    </message>
    <message>
        <source>Say why</source>
        <translation>Diga por qué</translation>
    </message>
    <message>
        <source>Put it right</source>
        <translation>Arreglarlo</translation>
    </message>
</context>
<context>
    <name>NewPatientSheet</name>
    <message>
        <source>New patient</source>
        <translation>Paciente nuevo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Add patient</source>
        <translation>Agregar paciente</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>De acuerdo</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>Menos</translation>
    </message>
</context>
<context>
    <name>PaperCard</name>
    <message>
        <source>Paper sheets for a day without the program</source>
        <translation>Hojas de papel para un día sin el programa</translation>
    </message>
    <message>
        <source>Print sheets …</source>
        <translation>Imprimir hojas …</translation>
    </message>
    <message>
        <source>Bring back …</source>
        <translation>Devolver …</translation>
    </message>
    <message>
        <source>Spoiled or lost …</source>
        <translation>Dañada o perdida …</translation>
    </message>
    <message>
        <source>Printed. Each sheet has its own number, and is missed until it comes back.</source>
        <translation>Impresas. Cada hoja tiene su número y se echa en falta hasta que vuelve.</translation>
    </message>
    <message>
        <source>Brought back: {number}.</source>
        <translation>Devuelta: {number}.</translation>
    </message>
    <message>
        <source>Sheet {number} will not come back</source>
        <translation>La hoja {number} no volverá</translation>
    </message>
    <message>
        <source>Its number is never used again.</source>
        <translation>Su número no se usa nunca más.</translation>
    </message>
    <message>
        <source>Mark as spoiled</source>
        <translation>Marcar como dañada</translation>
    </message>
    <message>
        <source>Changed: {number}.</source>
        <translation>Cambiada: {number}.</translation>
    </message>
</context>
<context>
    <name>PapersCard</name>
    <message>
        <source>Licences and certificates</source>
        <translation>Licencias y certificados</translation>
    </message>
    <message>
        <source>What ended stops signing from the next day on; what was signed before stays. The person and the director are told 60, 30 and 7 days before.</source>
        <translation>Lo que terminó impide firmar desde el día siguiente; lo firmado antes queda. Se avisa a la persona y a la dirección 60, 30 y 7 días antes.</translation>
    </message>
    <message>
        <source>Enter a licence or certificate …</source>
        <translation>Anotar una licencia o un certificado …</translation>
    </message>
    <message>
        <source>End it …</source>
        <translation>Terminarlo …</translation>
    </message>
    <message>
        <source>Licence or certificate of {name}</source>
        <translation>Licencia o certificado de {name}</translation>
    </message>
    <message>
        <source>Write down what stands on it. A renewed one is entered beside the old one.</source>
        <translation>Escriba lo que figura en él. Uno renovado se anota junto al anterior.</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>Basic life support</source>
        <translation>Soporte vital básico</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Capacitación</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Certificado</translation>
    </message>
    <message>
        <source>Kind of licence, or name of the training</source>
        <translation>Tipo de licencia o nombre de la capacitación</translation>
    </message>
    <message>
        <source>RN, NP, MD …; nothing for life support.</source>
        <translation>RN, NP, MD …; nada para soporte vital.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Emitido por</translation>
    </message>
    <message>
        <source>Of a licence the state: TX.</source>
        <translation>De una licencia, el estado: TX.</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Primer día</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Último día</translation>
    </message>
    <message>
        <source>Enter it</source>
        <translation>Anotarlo</translation>
    </message>
    <message>
        <source>Entered: {paper}.</source>
        <translation>Anotado: {paper}.</translation>
    </message>
    <message>
        <source>Entering the paper</source>
        <translation>Registrando el documento</translation>
    </message>
    <message>
        <source>End {paper}</source>
        <translation>Terminar {paper}</translation>
    </message>
    <message>
        <source>{paper}, issued by {issuer}.</source>
        <translation>{paper}, emitido por {issuer}.</translation>
    </message>
    <message>
        <source>It counts to this day and no longer. What was signed before stays valid.</source>
        <translation>Vale hasta este día y no más. Lo firmado antes sigue siendo válido.</translation>
    </message>
    <message>
        <source>Its last day</source>
        <translation>Su último día</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>It stands in the log.</source>
        <translation>Queda en el registro.</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Terminarlo</translation>
    </message>
    <message>
        <source>Ended: {paper}.</source>
        <translation>Terminado: {paper}.</translation>
    </message>
    <message>
        <source>Ending the paper</source>
        <translation>Terminando el documento</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Show {field}</source>
        <translation>Mostrar {field}</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ocultar</translation>
    </message>
</context>
<context>
    <name>PatientBanner</name>
    <message>
        <source>not recorded</source>
        <translation>sin registrar</translation>
    </message>
    <message>
        <source>Born {day}</source>
        <translation>Nac. {day}</translation>
    </message>
    <message>
        <source>aged {age} at death</source>
        <translation>falleció a los {age}</translation>
    </message>
    <message>
        <source>age {age}</source>
        <translation>edad {age}</translation>
    </message>
    <message>
        <source>also {numbers}</source>
        <translation>también {numbers}</translation>
    </message>
</context>
<context>
    <name>PatientChart</name>
    <message>
        <source>All patients</source>
        <translation>Todos los pacientes</translation>
    </message>
    <message>
        <source>Print the whole chart</source>
        <translation>Imprimir el expediente completo</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Change details</source>
        <translation>Cambiar datos</translation>
    </message>
    <message>
        <source>Start a visit</source>
        <translation>Empezar una visita</translation>
    </message>
    <message>
        <source>Print the whole chart…</source>
        <translation>Imprimir el expediente completo…</translation>
    </message>
    <message>
        <source>Merge another record into this one…</source>
        <translation>Unir otro expediente a este…</translation>
    </message>
    <message>
        <source>Mark as active…</source>
        <translation>Marcar como activo…</translation>
    </message>
    <message>
        <source>Mark as inactive…</source>
        <translation>Marcar como inactivo…</translation>
    </message>
    <message>
        <source>Record a death…</source>
        <translation>Registrar un fallecimiento…</translation>
    </message>
    <message>
        <source>Legal hold…</source>
        <translation>Retención legal…</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Línea de tiempo</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Nada todavía</translation>
    </message>
    <message>
        <source>What is done appears here.</source>
        <translation>Lo que se haga aparece aquí.</translation>
    </message>
    <message>
        <source>Show older</source>
        <translation>Mostrar anteriores</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Datos</translation>
    </message>
    <message>
        <source>What touched this patient…</source>
        <translation>Qué tocó a este paciente…</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Situación</translation>
    </message>
    <message>
        <source>How long this record is kept</source>
        <translation>Cuánto se guarda este expediente</translation>
    </message>
    <message>
        <source>Other records of this person</source>
        <translation>Otros expedientes de esta persona</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>sin registrar</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Expediente</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Take the merge of {number} back</source>
        <translation>Deshacer la unión de {number}</translation>
    </message>
    <message>
        <source>End the legal hold…</source>
        <translation>Terminar la retención legal…</translation>
    </message>
    <message>
        <source>Put a legal hold…</source>
        <translation>Poner una retención legal…</translation>
    </message>
    <message>
        <source>Details of {number} changed</source>
        <translation>Cambiaron los datos de {number}</translation>
    </message>
    <message>
        <source>{number} is read under {kept} now</source>
        <translation>{number} se lee ahora dentro de {kept}</translation>
    </message>
    <message>
        <source>Taken back at once.</source>
        <translation>Se deshizo enseguida.</translation>
    </message>
    <message>
        <source>Taken back on the patient&apos;s page.</source>
        <translation>Se deshizo en la página del paciente.</translation>
    </message>
    <message>
        <source>{number} is a record of its own again</source>
        <translation>{number} vuelve a ser un expediente aparte</translation>
    </message>
    <message>
        <source>The merge was taken back by mistake.</source>
        <translation>La unión se deshizo por error.</translation>
    </message>
    <message>
        <source>{number} is a record of its own again. These visits were started while the two were one; look whose they are: {visits}</source>
        <translation>{number} vuelve a ser un expediente aparte. Estas visitas se empezaron mientras los dos eran uno; mire de quién son: {visits}</translation>
    </message>
    <message>
        <source>{number}: {standing}</source>
        <translation>{number}: {standing}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Deshecho</translation>
    </message>
</context>
<context>
    <name>PatientsPage</name>
    <message>
        <source>New patient</source>
        <translation>Paciente nuevo</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Pacientes</translation>
    </message>
    <message>
        <source>Search patients</source>
        <translation>Buscar pacientes</translation>
    </message>
    <message>
        <source>Name, record number, phone digits or date of birth</source>
        <translation>Nombre, expediente, teléfono o nacimiento</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>No se encontró a nadie</translation>
    </message>
    <message>
        <source>Try fewer letters, or add a new patient.</source>
        <translation>Pruebe con menos letras o agregue un paciente nuevo.</translation>
    </message>
    <message>
        <source>Start a visit</source>
        <translation>Empezar visita</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>Abrir expediente</translation>
    </message>
    <message>
        <source>Allergies, holds and visits stand in the record. That it was opened is entered.</source>
        <translation>Alergias, retenciones y visitas están en el expediente. Que se abrió queda registrado.</translation>
    </message>
    <message>
        <source>The first {shown} are shown. Type more to find fewer.</source>
        <translation>Se muestran los primeros {shown}. Escriba más para encontrar menos.</translation>
    </message>
    <message>
        <source>patient</source>
        <translation>paciente</translation>
    </message>
    <message>
        <source>patients</source>
        <translation>pacientes</translation>
    </message>
    <message>
        <source>No patients yet</source>
        <translation>Aún no hay pacientes</translation>
    </message>
    <message>
        <source>Whoever is added is found here. Press New patient (Ctrl+N) to add the first.</source>
        <translation>Aquí se encuentra a quien se agrega. Oprima Paciente nuevo (Ctrl+N) para agregar al primero.</translation>
    </message>
    <message>
        <source>Born {day} · {number}</source>
        <translation>Nac. {day} · {number}</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>sin registrar</translation>
    </message>
    <message>
        <source>Phone: {phone}
Last visit: {day}</source>
        <translation>Teléfono: {phone}
Última visita: {day}</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>ninguna todavía</translation>
    </message>
    <message>
        <source>{number} added</source>
        <translation>{number} agregado</translation>
    </message>
</context>
<context>
    <name>PeopleSection</name>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>Whoever left stays in the list: what they signed stays valid. Names are never reused.</source>
        <translation>Quien se fue sigue en la lista: lo que firmó sigue siendo válido. Los nombres nunca se reutilizan.</translation>
    </message>
    <message>
        <source>Add a person …</source>
        <translation>Agregar …</translation>
    </message>
    <message>
        <source>Reset the password …</source>
        <translation>Restablecer …</translation>
    </message>
    <message>
        <source>More time …</source>
        <translation>Más tiempo …</translation>
    </message>
    <message>
        <source>End access …</source>
        <translation>Dar de baja …</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Agregar una persona</translation>
    </message>
    <message>
        <source>They log in with the first password below and choose their own at once. A provider then makes the signature key, so that you never knew what opens it.</source>
        <translation>Entra con la primera contraseña de abajo y enseguida elige la suya. Un profesional crea entonces su clave de firma, de modo que usted nunca supo qué la abre.</translation>
    </message>
    <message>
        <source>Name, as printed</source>
        <translation>Nombre, como se imprime</translation>
    </message>
    <message>
        <source>User name for the log-in</source>
        <translation>Nombre de usuario para entrar</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Función</translation>
    </message>
    <message>
        <source>Credential, if any</source>
        <translation>Credencial, si tiene</translation>
    </message>
    <message>
        <source>Own depth ceiling in mm, if any</source>
        <translation>Límite propio de profundidad en mm, si tiene</translation>
    </message>
    <message>
        <source>Licence number, if any</source>
        <translation>Número de licencia, si tiene</translation>
    </message>
    <message>
        <source>State of the licence</source>
        <translation>Estado de la licencia</translation>
    </message>
    <message>
        <source>Last day of the licence</source>
        <translation>Último día de la licencia</translation>
    </message>
    <message>
        <source>An inspector&apos;s last day of access</source>
        <translation>Último día de acceso de quien inspecciona</translation>
    </message>
    <message>
        <source>For an inspector alone.</source>
        <translation>Solo para inspección.</translation>
    </message>
    <message>
        <source>First password</source>
        <translation>Primera contraseña</translation>
    </message>
    <message>
        <source>Made up for you; another will do. Tell it to the person, and to nobody else.</source>
        <translation>Generada para usted; otra también sirve. Dígasela a la persona y a nadie más.</translation>
    </message>
    <message>
        <source>Add the person</source>
        <translation>Agregar a la persona</translation>
    </message>
    <message>
        <source>{user} may log in now and chooses a password of their own then.</source>
        <translation>{user} ya puede entrar y entonces elige su propia contraseña.</translation>
    </message>
    <message>
        <source>Adding the person</source>
        <translation>Agregando a la persona</translation>
    </message>
    <message>
        <source>Reset the password of {name}</source>
        <translation>Restablecer la contraseña de {name}</translation>
    </message>
    <message>
        <source>They log in with the temporary password below and choose their own at once.</source>
        <translation>Entra con la contraseña temporal de abajo y enseguida elige la suya.</translation>
    </message>
    <message>
        <source>Their signature key is revoked as lost and they make a new one. What it signed stays valid. If they still have their recovery card, they can use that instead and keep the key.</source>
        <translation>Su clave de firma se revoca como perdida y crea una nueva. Lo que firmó sigue siendo válido. Si todavía tiene su tarjeta de recuperación, puede usarla en vez de esto y conservar la clave.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>It stands in the log.</source>
        <translation>Queda en la bitácora.</translation>
    </message>
    <message>
        <source>Temporary password</source>
        <translation>Contraseña temporal</translation>
    </message>
    <message>
        <source>Reset it</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>{user} logs in with the temporary password now.</source>
        <translation>{user} entra ahora con la contraseña temporal.</translation>
    </message>
    <message>
        <source>Resetting the password</source>
        <translation>Restableciendo la contraseña</translation>
    </message>
    <message>
        <source>More time for {name}</source>
        <translation>Más tiempo para {name}</translation>
    </message>
    <message>
        <source>The last day is {day}. The password stays as it is.</source>
        <translation>El último día es {day}. La contraseña queda como está.</translation>
    </message>
    <message>
        <source>A window in which the time ran out has to be locked and opened again.</source>
        <translation>Una ventana en la que se acabó el tiempo se tiene que bloquear y abrir de nuevo.</translation>
    </message>
    <message>
        <source>New last day of access</source>
        <translation>Nuevo último día de acceso</translation>
    </message>
    <message>
        <source>Give more time</source>
        <translation>Dar más tiempo</translation>
    </message>
    <message>
        <source>{user} may log in until the end of {day}.</source>
        <translation>{user} puede entrar hasta el final del {day}.</translation>
    </message>
    <message>
        <source>Giving more time</source>
        <translation>Dando más tiempo</translation>
    </message>
    <message>
        <source>End the access of {name}</source>
        <translation>Terminar el acceso de {name}</translation>
    </message>
    <message>
        <source>1. They cannot log in any more, and a window that they have open ends at its next act.</source>
        <translation>1. Ya no puede entrar, y una ventana que tenga abierta termina en su próximo acto.</translation>
    </message>
    <message>
        <source>2. Their open drafts go to whoever is chosen below.</source>
        <translation>2. Sus borradores abiertos pasan a quien se elija abajo.</translation>
    </message>
    <message>
        <source>3. Their keys end. What they signed stays valid.</source>
        <translation>3. Sus claves terminan. Lo que firmó sigue siendo válido.</translation>
    </message>
    <message>
        <source>4. The database key is changed, so that a copy they may have opens nothing new. It waits when another window is open, and Today reminds of it.</source>
        <translation>4. Se cambia la clave de la base de datos, para que una copia que pueda tener no abra nada nuevo. Espera cuando hay otra ventana abierta, y Hoy lo recuerda.</translation>
    </message>
    <message>
        <source>Open drafts go to</source>
        <translation>Los borradores abiertos pasan a</translation>
    </message>
    <message>
        <source>nobody: there are none</source>
        <translation>nadie: no hay ninguno</translation>
    </message>
    <message>
        <source>End the access</source>
        <translation>Terminar el acceso</translation>
    </message>
    <message>
        <source>Stop the change of the key</source>
        <translation>Parar el cambio de la clave</translation>
    </message>
    <message>
        <source>{user} cannot log in any more.</source>
        <translation>{user} ya no puede entrar.</translation>
    </message>
    <message>
        <source>Handed over: {visits}.</source>
        <translation>Entregadas: {visits}.</translation>
    </message>
    <message>
        <source>Treated by {user} and not signed: {visits}. They stay in that name; the medical director decides about them.</source>
        <translation>Tratadas por {user} y sin firmar: {visits}. Siguen a ese nombre; la dirección médica decide sobre ellas.</translation>
    </message>
    <message>
        <source>Open, and nobody else performs visits here: {visits}. Put another performer there once there is one, or void them.</source>
        <translation>Abiertas, y nadie más realiza visitas aquí: {visits}. Ponga otra persona cuando la haya, o anúlelas.</translation>
    </message>
    <message>
        <source>Planned visits that are nobody&apos;s now: {count}.</source>
        <translation>Visitas planificadas que ya no son de nadie: {count}.</translation>
    </message>
    <message>
        <source>The database key was changed.</source>
        <translation>Se cambió la clave de la base de datos.</translation>
    </message>
    <message>
        <source>Ending the access</source>
        <translation>Terminando el acceso</translation>
    </message>
    <message>
        <source>5. No medical director is left then: no visit can be approved or released, and no policy or protocol put in force. Add the next one first, unless this is meant.</source>
        <translation>5. Entonces no queda dirección médica: no se puede aprobar ni liberar ninguna visita, ni poner en vigor ninguna política ni protocolo. Agregue antes la siguiente, salvo que sea lo que quiere.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>Log-in</source>
        <translation>Inicio de sesión</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Access from</source>
        <translation>Acceso desde</translation>
    </message>
    <message>
        <source>Last day of access</source>
        <translation>Último día de acceso</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Salida</translation>
    </message>
    <message>
        <source>Signature key</source>
        <translation>Clave de firma</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>Segundo factor</translation>
    </message>
    <message>
        <source>Recovery code made</source>
        <translation>Código de recuperación hecho</translation>
    </message>
    <message>
        <source>Bound to this PC&apos;s keyring</source>
        <translation>Ligado al llavero de esta computadora</translation>
    </message>
</context>
<context>
    <name>PeopleStep</name>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>Everybody has a log-in of their own and types their own password here, or you hand over the keyboard. You can add more people later.</source>
        <translation>Cada persona tiene su propio inicio de sesión y escribe aquí su propia contraseña, o usted le cede el teclado. Más tarde puede agregar a más personas.</translation>
    </message>
    <message>
        <source>Medical director</source>
        <translation>Dirección médica</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administración</translation>
    </message>
    <message>
        <source>Looks after people, backups and keys, often the owner. Where the medical director does it too, she has this second log-in for it, with another password: no administrator can sign.</source>
        <translation>Cuida de personas, respaldos y claves; a menudo es el dueño. Si la dirección médica también lo hace, tiene para ello este segundo inicio de sesión, con otra contraseña: la administración no puede firmar.</translation>
    </message>
    <message>
        <source>Add a provider</source>
        <translation>Agregar un profesional</translation>
    </message>
    <message>
        <source>Add someone for the front desk</source>
        <translation>Agregar a alguien de recepción</translation>
    </message>
    <message>
        <source>Please correct what is marked below.</source>
        <translation>Corrija lo que está marcado abajo.</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Profesional</translation>
    </message>
    <message>
        <source>Front desk</source>
        <translation>Recepción</translation>
    </message>
</context>
<context>
    <name>PersonAlerts</name>
    <message>
        <source>Allergies: {what}</source>
        <translation>Alergias: {what}</translation>
    </message>
    <message>
        <source>No known allergies</source>
        <translation>Sin alergias conocidas</translation>
    </message>
    <message>
        <source>No allergies recorded</source>
        <translation>Sin alergias registradas</translation>
    </message>
    <message>
        <source>Deceased</source>
        <translation>Fallecido</translation>
    </message>
    <message>
        <source>Legal hold</source>
        <translation>Retención legal</translation>
    </message>
    <message>
        <source>Date of birth missing</source>
        <translation>Falta la fecha de nacimiento</translation>
    </message>
    <message>
        <source>Merged records differ in the date of birth</source>
        <translation>Los expedientes unidos difieren en la fecha de nacimiento</translation>
    </message>
    <message>
        <source>Adverse event on record</source>
        <translation>Evento adverso registrado</translation>
    </message>
    <message>
        <source>A visit is deferred</source>
        <translation>Una visita está aplazada</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inactivo</translation>
    </message>
    <message>
        <source>Do not contact</source>
        <translation>No contactar</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Name, as printed</source>
        <translation>Nombre, como se imprime</translation>
    </message>
    <message>
        <source>User name for the log-in</source>
        <translation>Nombre de usuario para entrar</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>They are not here: I made this password for them</source>
        <translation>No está aquí: yo hice esta contraseña para esa persona</translation>
    </message>
    <message>
        <source>Today asks them to choose their own; the keys that you could have kept end then.</source>
        <translation>Hoy le pide que elija la suya; las claves que usted pudo haberse quedado terminan entonces.</translation>
    </message>
    <message>
        <source>Do not add this person</source>
        <translation>No agregar a esta persona</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>Credencial</translation>
    </message>
    <message>
        <source>Licence number</source>
        <translation>Número de licencia</translation>
    </message>
    <message>
        <source>Without a licence in force this person cannot treat or sign.</source>
        <translation>Sin una licencia vigente esta persona no puede tratar ni firmar.</translation>
    </message>
    <message>
        <source>State of the licence</source>
        <translation>Estado de la licencia</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Válida desde</translation>
    </message>
    <message>
        <source>Last day of validity</source>
        <translation>Último día de validez</translation>
    </message>
    <message>
        <source>Own depth ceiling in mm, if any</source>
        <translation>Límite propio de profundidad en mm, si tiene</translation>
    </message>
    <message>
        <source>For example 2.00.</source>
        <translation>Por ejemplo 2.00.</translation>
    </message>
    <message>
        <source>Another person here has this user name. Choose another one.</source>
        <translation>Otra persona de aquí tiene este nombre de usuario. Elija otro.</translation>
    </message>
    <message>
        <source>Write millimetres, more than 0 and at most 5.00, for example 2.00.</source>
        <translation>Escriba milímetros, más de 0 y como máximo 5.00, por ejemplo 2.00.</translation>
    </message>
    <message>
        <source>This day lies before the first day of validity.</source>
        <translation>Este día es anterior al primer día de validez.</translation>
    </message>
    <message>
        <source>Another person here has this password. Each has their own, which nobody else knows.</source>
        <translation>Otra persona de aquí tiene esta contraseña. Cada quien tiene la suya, que nadie más conoce.</translation>
    </message>
</context>
<context>
    <name>PersonFields</name>
    <message>
        <source>For example 4/23/1990 or 23 Apr 1990</source>
        <translation>Por ejemplo 4/23/1990 o 23 abr 1990</translation>
    </message>
    <message>
        <source>Name, relation and phone</source>
        <translation>Nombre, parentesco y teléfono</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>no se preguntó</translation>
    </message>
    <message>
        <source>not assessed</source>
        <translation>no se evaluó</translation>
    </message>
    <message>
        <source>Phototype (Fitzpatrick)</source>
        <translation>Fototipo (Fitzpatrick)</translation>
    </message>
    <message>
        <source>No known allergies</source>
        <translation>Sin alergias conocidas</translation>
    </message>
    <message>
        <source>What can wait</source>
        <translation>Lo que puede esperar</translation>
    </message>
    <message>
        <source>Read as {day}</source>
        <translation>Se lee como {day}</translation>
    </message>
    <message>
        <source>Read as {day}, month first</source>
        <translation>Se lee como {day}, con el mes primero</translation>
    </message>
    <message>
        <source>Is this {name}, {number}, born {day}? {reason}</source>
        <translation>¿Es {name}, {number}, nac. {day}? {reason}</translation>
    </message>
    <message>
        <source>Perhaps {name}, {number}, born {day}. {reason}</source>
        <translation>Quizá {name}, {number}, nac. {day}. {reason}</translation>
    </message>
    <message>
        <source>Another person: {name}, {number}, born {day}. {reason}</source>
        <translation>Otra persona: {name}, {number}, nac. {day}. {reason}</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>sin registrar</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
</context>
<context>
    <name>PlaceStep</name>
    <message>
        <source>This PC</source>
        <translation>Esta computadora</translation>
    </message>
    <message>
        <source>Everything stays on this PC, encrypted. Nothing is sent anywhere and no account is needed.</source>
        <translation>Todo queda en esta computadora, cifrado. No se envía nada a ninguna parte y no hace falta ninguna cuenta.</translation>
    </message>
    <message>
        <source>Where the records live</source>
        <translation>Dónde están los registros</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Another folder on this PC: close this window and start the program with --data-dir FOLDER, for example in its shortcut. A network share or a folder that is kept in sync by another program damages databases and is refused.</source>
        <translation>Otra carpeta en esta computadora: cierre esta ventana e inicie el programa con --data-dir CARPETA, por ejemplo en su acceso directo. Una carpeta de red o una que otro programa sincroniza daña las bases de datos y se rechaza.</translation>
    </message>
    <message>
        <source>This PC&apos;s keyring</source>
        <translation>El llavero de esta computadora</translation>
    </message>
    <message>
        <source>Bind log-ins to this PC</source>
        <translation>Ligar los inicios de sesión a esta computadora</translation>
    </message>
    <message>
        <source>A secret in this PC&apos;s keyring is then mixed into every password: a stolen copy of the folder cannot even be guessed at elsewhere. The recovery sheet and the personal recovery codes always open without it. It can be changed later under Settings.</source>
        <translation>Un secreto del llavero de esta computadora se mezcla entonces con cada contraseña: con una copia robada de la carpeta ni siquiera se puede adivinar en otro lugar. La hoja de recuperación y los códigos personales siempre abren sin él. Se puede cambiar después en Ajustes.</translation>
    </message>
    <message>
        <source>This folder will do: it is on this PC and can be written.</source>
        <translation>Esta carpeta sirve: está en esta computadora y se puede escribir en ella.</translation>
    </message>
</context>
<context>
    <name>PlanLine</name>
    <message>
        <source>Whom the line may mean</source>
        <translation>A quién puede referirse la línea</translation>
    </message>
    <message>
        <source>At most {count} characters fit in a line. What came after them was left out.</source>
        <translation>En una línea caben como máximo {count} caracteres. Lo que venía después se omitió.</translation>
    </message>
    <message>
        <source>Who has come in?</source>
        <translation>¿Quién entró?</translation>
    </message>
    <message>
        <source>Who is expected?</source>
        <translation>¿A quién se espera?</translation>
    </message>
    <message>
        <source>Walk-in: name, service, performer. Enter puts them on the list as arrived.</source>
        <translation>Sin cita: nombre, servicio, a cargo de. Intro lo pone en la lista como llegado.</translation>
    </message>
    <message>
        <source>Plan: 9:30 name, service, performer, note. Enter adds it; a whole list can be pasted.</source>
        <translation>Plan: 9:30 nombre, servicio, a cargo de, nota. Intro lo agrega; se puede pegar una lista entera.</translation>
    </message>
    <message>
        <source>no time</source>
        <translation>sin hora</translation>
    </message>
    <message>
        <source>service open</source>
        <translation>servicio por elegir</translation>
    </message>
    <message>
        <source>performer open</source>
        <translation>a cargo de: por elegir</translation>
    </message>
    <message>
        <source>Enter takes the first; arrows choose another.</source>
        <translation>Intro toma el primero; las flechas eligen otro.</translation>
    </message>
    <message>
        <source>Choose with the arrows.</source>
        <translation>Elija con las flechas.</translation>
    </message>
    <message>
        <source>born {day}</source>
        <translation>nac. {day}</translation>
    </message>
</context>
<context>
    <name>PrecareCard</name>
    <message>
        <source>Before the treatment</source>
        <translation>Antes del tratamiento</translation>
    </message>
    <message>
        <source>Choose how</source>
        <translation>Elija cómo</translation>
    </message>
    <message>
        <source>Printed sheet</source>
        <translation>Hoja impresa</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Leída en voz alta</translation>
    </message>
    <message>
        <source>Read on the screen</source>
        <translation>Leída en la pantalla</translation>
    </message>
    <message>
        <source>How the sheet was given</source>
        <translation>Cómo se dio la hoja</translation>
    </message>
    <message>
        <source>It was given now</source>
        <translation>Se dio ahora</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Print the sheet …</source>
        <translation>Imprimir la hoja …</translation>
    </message>
    <message>
        <source>The sheet about preparing (v{version}, {language}) was given {at} by {name}</source>
        <translation>La hoja de preparación (v{version}, {language}) se dio {at}; la dio {name}</translation>
    </message>
    <message>
        <source>The director has not approved a sheet about preparing in this language.</source>
        <translation>La dirección médica no ha aprobado una hoja de preparación en este idioma.</translation>
    </message>
    <message>
        <source>The sheet about preparing has to be given before.</source>
        <translation>La hoja de preparación tiene que darse antes.</translation>
    </message>
    <message>
        <source>The sheet about preparing was not given yet.</source>
        <translation>La hoja de preparación no se ha dado todavía.</translation>
    </message>
    <message>
        <source>Say how it was given.</source>
        <translation>Diga cómo se dio.</translation>
    </message>
    <message>
        <source>sheet given</source>
        <translation>hoja dada</translation>
    </message>
    <message>
        <source>sheet taken back</source>
        <translation>hoja retirada</translation>
    </message>
    <message>
        <source>Print the sheet</source>
        <translation>Imprimir la hoja</translation>
    </message>
    <message>
        <source>Sheet printed to {file}</source>
        <translation>Hoja impresa en {file}</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Deteniendo …</translation>
    </message>
    <message>
        <source>Can no longer be stopped</source>
        <translation>Ya no se puede detener</translation>
    </message>
</context>
<context>
    <name>ProtocolsPage</name>
    <message>
        <source>Protocols</source>
        <translation>Protocolos</translation>
    </message>
    <message>
        <source>In force on a day</source>
        <translation>En vigor en un día</translation>
    </message>
    <message>
        <source>New draft from</source>
        <translation>Borrador nuevo de</translation>
    </message>
    <message>
        <source>Bring in a file</source>
        <translation>Traer un archivo</translation>
    </message>
    <message>
        <source>Authorise off-label use</source>
        <translation>Uso fuera de etiqueta</translation>
    </message>
    <message>
        <source>Policies, protocols and texts</source>
        <translation>Políticas, protocolos y textos</translation>
    </message>
    <message>
        <source>Approve and put in force</source>
        <translation>Aprobar y poner en vigor</translation>
    </message>
    <message>
        <source>What it changes</source>
        <translation>Qué cambia</translation>
    </message>
    <message>
        <source>Edit as a new draft</source>
        <translation>Editar como borrador</translation>
    </message>
    <message>
        <source>Write to a file</source>
        <translation>Escribir en un archivo</translation>
    </message>
    <message>
        <source>Shipped drafts</source>
        <translation>Borradores incluidos</translation>
    </message>
    <message>
        <source>Approved by {name}, {at}</source>
        <translation>Aprobado por {name}, {at}</translation>
    </message>
    <message>
        <source>A draft. It counts for nothing until the director has signed it.</source>
        <translation>Un borrador. No cuenta para nada hasta que la dirección lo firme.</translation>
    </message>
    <message>
        <source>Read it whole</source>
        <translation>Leerlo entero</translation>
    </message>
    <message>
        <source>Edit this draft</source>
        <translation>Editar este borrador</translation>
    </message>
    <message>
        <source>from {name}, version {version}</source>
        <translation>de {name}, versión {version}</translation>
    </message>
    <message>
        <source>from the shipped draft {name}</source>
        <translation>del borrador incluido {name}</translation>
    </message>
    <message>
        <source>from the file {name}</source>
        <translation>del archivo {name}</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>Escribir en</translation>
    </message>
    <message>
        <source>{file} is written</source>
        <translation>{file} está escrito</translation>
    </message>
    <message>
        <source>{count} of its values are not known yet</source>
        <translation>{count} de sus valores aún no se saben</translation>
    </message>
    <message>
        <source>Put in force</source>
        <translation>Poner en vigor</translation>
    </message>
    <message>
        <source>in force from {day} · {hash}…</source>
        <translation>en vigor desde {day} · {hash}…</translation>
    </message>
    <message>
        <source>version</source>
        <translation>versión</translation>
    </message>
    <message>
        <source>versions</source>
        <translation>versiones</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>borrador</translation>
    </message>
    <message>
        <source>drafts</source>
        <translation>borradores</translation>
    </message>
    <message>
        <source>, with {drafts} under which nobody may be treated</source>
        <translation>; {drafts} sin vigencia para nadie</translation>
    </message>
    <message>
        <source>A policy, protocol or text from another clinic</source>
        <translation>Una política, un protocolo o un texto de otra clínica</translation>
    </message>
    <message>
        <source>Approve and sign</source>
        <translation>Aprobar y firmar</translation>
    </message>
    <message>
        <source>{name} is in force</source>
        <translation>{name} está en vigor</translation>
    </message>
</context>
<context>
    <name>QuestionRow</name>
    <message>
        <source>On a question</source>
        <translation>En una pregunta</translation>
    </message>
    <message>
        <source>YYYY-MM-DD</source>
        <translation>AAAA-MM-DD</translation>
    </message>
    <message>
        <source>Day of last use: {topic}</source>
        <translation>Día del último uso: {topic}</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>No se sabe</translation>
    </message>
    <message>
        <source>areas of {topic}</source>
        <translation>zonas de {topic}</translation>
    </message>
    <message>
        <source>A few words, such as the plan or who prescribed it</source>
        <translation>Unas palabras, como el plan o quién lo recetó</translation>
    </message>
    <message>
        <source>Words beside: {topic}</source>
        <translation>Palabras junto a: {topic}</translation>
    </message>
    <message>
        <source>words beside {topic}</source>
        <translation>palabras junto a {topic}</translation>
    </message>
    <message>
        <source>answer to {topic}</source>
        <translation>respuesta a {topic}</translation>
    </message>
    <message>
        <source>day of last use of {topic}</source>
        <translation>día del último uso de {topic}</translation>
    </message>
    <message>
        <source>Last time: {answer}</source>
        <translation>La última vez: {answer}</translation>
    </message>
    <message>
        <source>As last time</source>
        <translation>Como la última vez</translation>
    </message>
    <message>
        <source>Changed: last time it was {answer}</source>
        <translation>Cambió: la última vez fue {answer}</translation>
    </message>
    <message>
        <source>On file: {what}</source>
        <translation>En el expediente: {what}</translation>
    </message>
    <message>
        <source>Only these areas are left out. The others may be treated.</source>
        <translation>Solo se dejan fuera estas zonas. Las demás pueden tratarse.</translation>
    </message>
    <message>
        <source>Choose the areas that it is about. None chosen counts as everywhere.</source>
        <translation>Elija las zonas de que se trata. Si no elige ninguna, cuenta para todas.</translation>
    </message>
    <message>
        <source>Answer no</source>
        <translation>Responder no</translation>
    </message>
    <message>
        <source>Answer yes</source>
        <translation>Responder sí</translation>
    </message>
    <message>
        <source>Answer unknown</source>
        <translation>Responder que no se sabe</translation>
    </message>
    <message>
        <source>Answer as last time</source>
        <translation>Responder como la última vez</translation>
    </message>
    <message>
        <source>Answer all the others as last time</source>
        <translation>Responder todas las demás como la última vez</translation>
    </message>
    <message>
        <source>Show the questions in both languages, or in one</source>
        <translation>Mostrar las preguntas en los dos idiomas, o en uno</translation>
    </message>
</context>
<context>
    <name>RailButton</name>
    <message>
        <source>{way}, {count} waiting</source>
        <translation>{way}, {count} en espera</translation>
    </message>
</context>
<context>
    <name>ReadBack</name>
    <message>
        <source>Nothing typed yet.</source>
        <translation>Nada escrito todavía.</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>Grupo {number}</translation>
    </message>
    <message>
        <source>mistyped</source>
        <translation>mal escrito</translation>
    </message>
    <message>
        <source>reads right</source>
        <translation>se lee bien</translation>
    </message>
    <message>
        <source>All {count} groups read right.</source>
        <translation>Los {count} grupos se leen bien.</translation>
    </message>
    <message>
        <source>{filled} of {count} groups read right.</source>
        <translation>{filled} de {count} grupos se leen bien.</translation>
    </message>
</context>
<context>
    <name>ReadBacks</name>
    <message>
        <source>Label read back</source>
        <translation>Etiqueta releída</translation>
    </message>
    <message>
        <source>Two people read it aloud against the patient, before spinning and again before use.</source>
        <translation>Dos personas la leen en voz alta ante el paciente, antes de centrifugar y otra vez antes de usarlo.</translation>
    </message>
    <message>
        <source>Read the label back …</source>
        <translation>Releer la etiqueta …</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} y {second}</translation>
    </message>
    <message>
        <source>each by their own password</source>
        <translation>cada una con su propia contraseña</translation>
    </message>
    <message>
        <source>as written down</source>
        <translation>como quedó anotado</translation>
    </message>
    <message>
        <source>{clock}: {people}, {how}</source>
        <translation>{clock}: {people}, {how}</translation>
    </message>
    <message>
        <source>Read the tube&apos;s label back, visit {number}</source>
        <translation>Releer la etiqueta del tubo, visita {number}</translation>
    </message>
    <message>
        <source>Read the label aloud and let the patient confirm it. Type what stands on the tube.</source>
        <translation>Lea la etiqueta en voz alta y pida al paciente que la confirme. Escriba lo que dice el tubo.</translation>
    </message>
    <message>
        <source>Both names go into the record and into the log, each under their own key.</source>
        <translation>Ambos nombres entran en el registro y en la bitácora, cada uno con su propia clave.</translation>
    </message>
    <message>
        <source>Last name on the tube</source>
        <translation>Apellido en el tubo</translation>
    </message>
    <message>
        <source>First name on the tube</source>
        <translation>Nombre en el tubo</translation>
    </message>
    <message>
        <source>Date of birth on the tube</source>
        <translation>Fecha de nacimiento en el tubo</translation>
    </message>
    <message>
        <source>Second person: user name</source>
        <translation>Segunda persona: nombre de usuario</translation>
    </message>
    <message>
        <source>Second person: password, typed by them</source>
        <translation>Segunda persona: contraseña, escrita por ella</translation>
    </message>
    <message>
        <source>Both confirm</source>
        <translation>Ambas confirman</translation>
    </message>
    <message>
        <source>Label read back in {number} at {clock}</source>
        <translation>Etiqueta releída en {number} a las {clock}</translation>
    </message>
</context>
<context>
    <name>RecallPage</name>
    <message>
        <source>Recalls</source>
        <translation>Retiradas</translation>
    </message>
    <message>
        <source>Visits with events</source>
        <translation>Visitas con eventos</translation>
    </message>
    <message>
        <source>Recall and look-back</source>
        <translation>Retirada y rastreo</translation>
    </message>
    <message>
        <source>Lot, serial, UDI, device, performer or days</source>
        <translation>Lote, serie, UDI, dispositivo, quien trató o días</translation>
    </message>
    <message>
        <source>Days as 2026-11-01..2026-11-20, alone or behind the rest. A scanner may type here.</source>
        <translation>Días como 2026-11-01..2026-11-20, solos o detrás de lo demás. Aquí puede escribir un lector de códigos.</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Whom it touched, by name</source>
        <translation>A quién tocó, por nombre</translation>
    </message>
    <message>
        <source>What touched this patient</source>
        <translation>Qué tocó a este paciente</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>Abrir la ficha</translation>
    </message>
    <message>
        <source>What touched them</source>
        <translation>Qué tocó a esta persona</translation>
    </message>
    <message>
        <source>Looking through the visits</source>
        <translation>Revisando las visitas</translation>
    </message>
    <message>
        <source>person</source>
        <translation>persona</translation>
    </message>
    <message>
        <source>people</source>
        <translation>personas</translation>
    </message>
    <message>
        <source>{asked}: {people} in {visits}. Signed visits alone count.</source>
        <translation>{asked}: {people} en {visits}. Solo cuentan las visitas firmadas.</translation>
    </message>
    <message>
        <source>visit</source>
        <translation>visita</translation>
    </message>
    <message>
        <source>visits</source>
        <translation>visitas</translation>
    </message>
    <message>
        <source>It touched nobody</source>
        <translation>No tocó a nadie</translation>
    </message>
    <message>
        <source>No signed visit names it. Look at the box again: a letter or a digit may be off.</source>
        <translation>Ninguna visita firmada lo nombra. Vuelva a mirar la caja: puede faltar o sobrar una letra o una cifra.</translation>
    </message>
    <message>
        <source>What touched {patient}, {record}: the oldest first.</source>
        <translation>Qué tocó a {patient}, {record}: lo más antiguo primero.</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Todavía nada</translation>
    </message>
    <message>
        <source>No visit of this patient was signed so far.</source>
        <translation>Hasta ahora no se firmó ninguna visita de este paciente.</translation>
    </message>
    <message>
        <source>Nobody is looked up yet</source>
        <translation>Todavía no se buscó a nadie</translation>
    </message>
    <message>
        <source>Type or scan what is on the box, and press Enter. Every look-up is entered in the log.</source>
        <translation>Escriba o lea con el lector lo que pone en la caja y pulse Intro. Cada búsqueda se anota en el registro.</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>y {n} más</translation>
    </message>
</context>
<context>
    <name>RecallsPage</name>
    <message>
        <source>Look somebody up</source>
        <translation>Buscar a alguien</translation>
    </message>
    <message>
        <source>Open a recall …</source>
        <translation>Abrir una retirada …</translation>
    </message>
    <message>
        <source>Recalls</source>
        <translation>Retiradas</translation>
    </message>
    <message>
        <source>Recalls and drills, newest first</source>
        <translation>Retiradas y simulacros, lo más nuevo primero</translation>
    </message>
    <message>
        <source>No recall so far</source>
        <translation>Ninguna retirada hasta ahora</translation>
    </message>
    <message>
        <source>Open one when a notice comes in, or hold a drill to see how fast the list is there.</source>
        <translation>Abra una cuando llegue un aviso, o haga un simulacro para ver lo rápido que está la lista.</translation>
    </message>
    <message>
        <source>Whom it touched, and who knows</source>
        <translation>A quién tocó y quién lo sabe</translation>
    </message>
    <message>
        <source>Write down a contact …</source>
        <translation>Anotar un aviso …</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Imprimir …</translation>
    </message>
    <message>
        <source>Close it …</source>
        <translation>Cerrarla …</translation>
    </message>
    <message>
        <source>recall or drill</source>
        <translation>retirada o simulacro</translation>
    </message>
    <message>
        <source>recalls and drills</source>
        <translation>retiradas y simulacros</translation>
    </message>
    <message>
        <source>{all}, {open} open</source>
        <translation>{all}, abiertas: {open}</translation>
    </message>
    <message>
        <source>No signed visit names it: there is nobody to tell.</source>
        <translation>Ninguna visita firmada lo nombra: no hay a quién avisar.</translation>
    </message>
    <message>
        <source>Nobody has tried to tell them.</source>
        <translation>Nadie ha intentado avisarles.</translation>
    </message>
    <message>
        <source>person</source>
        <translation>persona</translation>
    </message>
    <message>
        <source>people</source>
        <translation>personas</translation>
    </message>
    <message>
        <source>Opened: {people} on the list, after {seconds} s.</source>
        <translation>Abierta: {people} en la lista, a los {seconds} s.</translation>
    </message>
    <message>
        <source>Written down: {patient}.</source>
        <translation>Anotado: {patient}.</translation>
    </message>
    <message>
        <source>Printed. The file is not encrypted.</source>
        <translation>Impreso. El archivo no está cifrado.</translation>
    </message>
    <message>
        <source>{reached} of {people} reached</source>
        <translation>{reached} de {people} localizadas</translation>
    </message>
    <message>
        <source>Close this recall</source>
        <translation>Cerrar esta retirada</translation>
    </message>
    <message>
        <source>Close and sign</source>
        <translation>Cerrar y firmar</translation>
    </message>
    <message>
        <source>What was done about whoever was not reached</source>
        <translation>Qué se hizo por quien no se localizó</translation>
    </message>
    <message>
        <source>The recall of {named} is closed</source>
        <translation>La retirada de {named} está cerrada</translation>
    </message>
</context>
<context>
    <name>RecoverySection</name>
    <message>
        <source>The clinic was opened with its recovery sheet</source>
        <translation>La clínica se abrió con su hoja de recuperación</translation>
    </message>
    <message>
        <source>A new administrator was made. Until a second person says that this is right, everything can be read and nothing can be stored.</source>
        <translation>Se creó una nueva administración. Hasta que una segunda persona diga que es correcto, todo se puede leer y nada se puede guardar.</translation>
    </message>
    <message>
        <source>I confirm the new administrator</source>
        <translation>Confirmo la nueva administración</translation>
    </message>
    <message>
        <source>Recovery sheet</source>
        <translation>Hoja de recuperación</translation>
    </message>
    <message>
        <source>The printed way back in when nobody&apos;s password works. It opens the records and nobody&apos;s signature key.</source>
        <translation>El camino impreso de vuelta cuando no sirve ninguna contraseña. Abre los expedientes y ninguna clave de firma.</translation>
    </message>
    <message>
        <source>Type the {count} groups from the paper</source>
        <translation>Escriba los {count} grupos del papel</translation>
    </message>
    <message>
        <source>It reads right</source>
        <translation>Se lee bien</translation>
    </message>
    <message>
        <source>Make a new sheet …</source>
        <translation>Crear una hoja nueva …</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Claves</translation>
    </message>
    <message>
        <source>Every key that ever counted here. One that ended signs nothing any more; what it signed stays valid.</source>
        <translation>Todas las claves que valieron aquí. Una que terminó ya no firma nada; lo que firmó sigue siendo válido.</translation>
    </message>
    <message>
        <source>The director&apos;s key names this clinic: its fingerprint is on the sheet. The medical director and the administrators see every key.</source>
        <translation>La clave de la dirección nombra a esta clínica: su huella está en la hoja. La dirección médica y la administración ven todas las claves.</translation>
    </message>
    <message>
        <source>Registered keys</source>
        <translation>Claves registradas</translation>
    </message>
    <message>
        <source>End this key …</source>
        <translation>Terminar esta clave …</translation>
    </message>
    <message>
        <source>Fingerprint sheet …</source>
        <translation>Hoja de huella …</translation>
    </message>
    <message>
        <source>When the director&apos;s key is lost</source>
        <translation>Cuando se pierde la clave de la dirección</translation>
    </message>
    <message>
        <source>1. End the key here, with the reason. Its signatures stay valid for ever.</source>
        <translation>1. Termine la clave aquí, con el motivo. Sus firmas valen para siempre.</translation>
    </message>
    <message>
        <source>2. If her password is lost too: she uses her recovery card at the log-in, or an administrator resets her password under People.</source>
        <translation>2. Si también se perdió la contraseña: la dirección usa su tarjeta de recuperación al entrar, o la administración restablece la contraseña en Personas.</translation>
    </message>
    <message>
        <source>3. She logs in and makes a new key under My account. A second person, whose password did not come from whoever gave her hers, confirms in the same act that it is her. Where there is nobody, the key waits three days after the last reset and the log says so.</source>
        <translation>3. La dirección entra y crea una clave nueva en Mi cuenta. Una segunda persona, cuya contraseña no venga de quien le dio la suya, confirma en el mismo acto que es ella. Si no hay nadie, la clave espera tres días después del último restablecimiento y la bitácora lo dice.</translation>
    </message>
    <message>
        <source>4. Print the new fingerprint sheet, have her sign it in ink, and hand it to whoever holds the old one.</source>
        <translation>4. Imprima la nueva hoja de huella, haga que la dirección la firme con tinta y désela a quien tenga la anterior.</translation>
    </message>
    <message>
        <source>Database key</source>
        <translation>Clave de la base de datos</translation>
    </message>
    <message>
        <source>It is changed by itself when somebody leaves. Change it by hand when a copy of this PC&apos;s folder may have got into wrong hands. The clinic has to be closed everywhere else.</source>
        <translation>Se cambia sola cuando alguien se va. Cámbiela a mano si una copia de la carpeta de esta computadora pudo caer en malas manos. La clínica tiene que estar cerrada en todos los demás lugares.</translation>
    </message>
    <message>
        <source>Change the database key …</source>
        <translation>Cambiar la clave de la base …</translation>
    </message>
    <message>
        <source>This PC&apos;s keyring</source>
        <translation>El llavero de esta computadora</translation>
    </message>
    <message>
        <source>With it, a stolen copy of the folder cannot even be guessed at on another PC. The recovery sheet and the recovery cards always open without it.</source>
        <translation>Con esto, con una copia robada de la carpeta ni siquiera se puede adivinar en otra computadora. La hoja de recuperación y las tarjetas siempre abren sin él.</translation>
    </message>
    <message>
        <source>Bind log-ins to this PC …</source>
        <translation>Ligar inicios de sesión …</translation>
    </message>
    <message>
        <source>Make a new recovery sheet</source>
        <translation>Crear una nueva hoja de recuperación</translation>
    </message>
    <message>
        <source>The sheet of before opens the key file of today no more. With an older one, such as a backup&apos;s, it still opens backups made until now, and the clinic&apos;s own database until its key is changed: do that next.</source>
        <translation>La hoja anterior ya no abre el archivo de claves de hoy. Con uno anterior, como el de un respaldo, sigue abriendo los respaldos hechos hasta ahora, y también la base de datos de la clínica hasta que se cambie su clave: hágalo a continuación.</translation>
    </message>
    <message>
        <source>Print the new one, read it back here, seal it, and delete the file.</source>
        <translation>Imprima la nueva, léala de vuelta aquí, séllela y borre el archivo.</translation>
    </message>
    <message>
        <source>Write the sheet to</source>
        <translation>Escribir la hoja en</translation>
    </message>
    <message>
        <source>Make the sheet</source>
        <translation>Crear la hoja</translation>
    </message>
    <message>
        <source>The new recovery sheet is made.</source>
        <translation>La nueva hoja de recuperación está hecha.</translation>
    </message>
    <message>
        <source>Making the sheet</source>
        <translation>Creando la hoja</translation>
    </message>
    <message>
        <source>End the signature key of {name}</source>
        <translation>Terminar la clave de firma de {name}</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>Clave {key}</translation>
    </message>
    <message>
        <source>It signs nothing from now on. What it signed until now stays valid.</source>
        <translation>Desde ahora no firma nada. Lo que firmó hasta ahora sigue siendo válido.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>End the key</source>
        <translation>Terminar la clave</translation>
    </message>
    <message>
        <source>The key of {user} has ended.</source>
        <translation>La clave de {user} terminó.</translation>
    </message>
    <message>
        <source>Ending the key</source>
        <translation>Terminando la clave</translation>
    </message>
    <message>
        <source>Fingerprint sheet</source>
        <translation>Hoja de huella</translation>
    </message>
    <message>
        <source>To be signed in ink by the director and given to inspectors apart from bundles.</source>
        <translation>Para que la dirección la firme con tinta y se entregue a quienes inspeccionan, aparte de los paquetes.</translation>
    </message>
    <message>
        <source>Write it to</source>
        <translation>Escribir en</translation>
    </message>
    <message>
        <source>Write it</source>
        <translation>Escribirla</translation>
    </message>
    <message>
        <source>Have the director sign it in ink.</source>
        <translation>Haga que la dirección la firme con tinta.</translation>
    </message>
    <message>
        <source>Change the database key</source>
        <translation>Cambiar la clave de la base de datos</translation>
    </message>
    <message>
        <source>The records are written anew under another key. Nobody has to type a new password.</source>
        <translation>Los registros se escriben de nuevo con otra clave. Nadie tiene que escribir una contraseña nueva.</translation>
    </message>
    <message>
        <source>If it is stopped half-way, even by a power cut, one whole clinic remains.</source>
        <translation>Si se detiene a medias, incluso por un apagón, queda una clínica entera.</translation>
    </message>
    <message>
        <source>You see how far it is. What you type meanwhile is kept and stored afterwards.</source>
        <translation>Se ve por dónde va. Lo que escriba mientras tanto se conserva y se guarda después.</translation>
    </message>
    <message>
        <source>It stands in the log.</source>
        <translation>Queda en la bitácora.</translation>
    </message>
    <message>
        <source>Change the key</source>
        <translation>Cambiar la clave</translation>
    </message>
    <message>
        <source>Changing the database key</source>
        <translation>Cambiando la clave de la base de datos</translation>
    </message>
    <message>
        <source>The database key was changed. It is number {epoch}.</source>
        <translation>Se cambió la clave de la base de datos. Es la número {epoch}.</translation>
    </message>
    <message>
        <source>No recovery sheet opens the clinic now. Make a new one.</source>
        <translation>Ahora ninguna hoja de recuperación abre la clínica. Cree una nueva.</translation>
    </message>
    <message>
        <source>Stopped, as you asked. The database key is as it was, and nothing was lost.</source>
        <translation>Se detuvo, como usted pidió. La clave de la base de datos es la de antes y no se perdió nada.</translation>
    </message>
    <message>
        <source>Bind log-ins to this PC</source>
        <translation>Ligar los inicios de sesión a esta computadora</translation>
    </message>
    <message>
        <source>Bind log-ins no more</source>
        <translation>Ya no ligar los inicios de sesión</translation>
    </message>
    <message>
        <source>Each person&apos;s log-in follows the next time they log in with their password.</source>
        <translation>El inicio de sesión de cada persona sigue la próxima vez que entre con su contraseña.</translation>
    </message>
    <message>
        <source>Bind them</source>
        <translation>Ligarlos</translation>
    </message>
    <message>
        <source>Let them go</source>
        <translation>Soltarlos</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Guardado.</translation>
    </message>
    <message>
        <source>Binding log-ins</source>
        <translation>Vinculando los accesos</translation>
    </message>
    <message>
        <source>Letting log-ins go</source>
        <translation>Desvinculando los accesos</translation>
    </message>
    <message>
        <source>Type every group from the paper first.</source>
        <translation>Escriba primero todos los grupos del papel.</translation>
    </message>
    <message>
        <source>The sheet reads right. Seal it and lock it away.</source>
        <translation>La hoja se lee bien. Séllela y guárdela bajo llave.</translation>
    </message>
    <message>
        <source>Confirmed. The clinic works again.</source>
        <translation>Confirmado. La clínica vuelve a funcionar.</translation>
    </message>
    <message>
        <source>The present sheet was read back.</source>
        <translation>La hoja actual se leyó de vuelta.</translation>
    </message>
    <message>
        <source>Bind log-ins no more …</source>
        <translation>Ya no ligarlos …</translation>
    </message>
    <message>
        <source>nobody yet; each follows at the next log-in</source>
        <translation>nadie todavía; cada persona sigue al entrar la próxima vez</translation>
    </message>
    <message>
        <source>On. Bound so far: {bound}.</source>
        <translation>Activado. Ligados hasta ahora: {bound}.</translation>
    </message>
    <message>
        <source>Off.</source>
        <translation>Desactivado.</translation>
    </message>
    <message>
        <source>This PC has no keyring that keeps secrets encrypted, so it is not offered.</source>
        <translation>Esta computadora no tiene un llavero que guarde secretos cifrados, así que no se ofrece.</translation>
    </message>
</context>
<context>
    <name>RightsCard</name>
    <message>
        <source>Who may do what</source>
        <translation>Quién puede hacer qué</translation>
    </message>
    <message>
        <source>Enforced under every screen and command. Broken glass: who may do it as well, for a while, in an emergency.</source>
        <translation>Se hace cumplir debajo de cada pantalla y comando. Cristal roto: quién más puede hacerlo, por un rato, en una emergencia.</translation>
    </message>
    <message>
        <source>Broken glass</source>
        <translation>Cristal roto</translation>
    </message>
    <message>
        <source>{who} may {what}</source>
        <translation>{who} puede {what}</translation>
    </message>
    <message>
        <source>{who} may not {what}</source>
        <translation>{who} no puede {what}</translation>
    </message>
    <message>
        <source>With broken glass also: {who}.</source>
        <translation>Con el cristal roto también: {who}.</translation>
    </message>
</context>
<context>
    <name>RowTable</name>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Open the current line</source>
        <translation>Abrir la línea actual</translation>
    </message>
</context>
<context>
    <name>RulesEditor</name>
    <message>
        <source>Back to the list</source>
        <translation>Volver a la lista</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Save as draft</source>
        <translation>Guardar borrador</translation>
    </message>
    <message>
        <source>Sections of the document</source>
        <translation>Secciones del documento</translation>
    </message>
    <message>
        <source>New version</source>
        <translation>Versión nueva</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>Qué cambia</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Take out {what}</source>
        <translation>Quitar {what}</translation>
    </message>
    <message>
        <source>Add an area</source>
        <translation>Añadir una zona</translation>
    </message>
    <message>
        <source>Add a credential</source>
        <translation>Añadir una credencial</translation>
    </message>
    <message>
        <source>Add a section</source>
        <translation>Añadir una sección</translation>
    </message>
    <message>
        <source>{section}: {count} to correct</source>
        <translation>{section}: {count} por corregir</translation>
    </message>
    <message>
        <source>Saved as draft, version {version}</source>
        <translation>Guardado como borrador, versión {version}</translation>
    </message>
    <message>
        <source>Correct what is marked, then save. Nothing was stored yet.</source>
        <translation>Corrija lo marcado y guarde. Aún no se guardó nada.</translation>
    </message>
</context>
<context>
    <name>ScanField</name>
    <message>
        <source>Scan a cartridge or topical</source>
        <translation>Escanear un cartucho o tópico</translation>
    </message>
    <message>
        <source>Bar code or square code, GS1 or HIBC; Enter finds the lot and fills the fields.</source>
        <translation>Código de barras o cuadrado, GS1 o HIBC; Intro busca el lote y rellena los campos.</translation>
    </message>
    <message>
        <source>The protocol does not name {topical}.</source>
        <translation>El protocolo no nombra {topical}.</translation>
    </message>
    <message>
        <source>scanned lot {lot}</source>
        <translation>lote escaneado {lot}</translation>
    </message>
    <message>
        <source>Filled in: lot {lot}, {name}.</source>
        <translation>Rellenado: lote {lot}, {name}.</translation>
    </message>
</context>
<context>
    <name>ScreeningStep</name>
    <message>
        <source>Screening</source>
        <translation>Preguntas previas</translation>
    </message>
    <message>
        <source>Read each question aloud. Keys: N no, Y yes, U not known, = as last time. No answer counts as yes.</source>
        <translation>Lea cada pregunta en voz alta. Teclas: N no, Y sí, U no se sabe, = como la última vez. Sin respuesta cuenta como sí.</translation>
    </message>
    <message>
        <source>Nothing changed since last time</source>
        <translation>Nada cambió desde la última vez</translation>
    </message>
    <message>
        <source>Answers what is not answered yet as last time. Days, what was not known, and what is asked at each visit are asked again. Key: A on a question.</source>
        <translation>Responde lo que falta como la última vez. Los días, lo que no se sabía y lo que se pregunta en cada visita se preguntan de nuevo. Tecla: A en una pregunta.</translation>
    </message>
    <message>
        <source>In both languages</source>
        <translation>En los dos idiomas</translation>
    </message>
    <message>
        <source>Skin today</source>
        <translation>La piel hoy</translation>
    </message>
    <message>
        <source>What you see. An active lesion leaves its area out, as a yes to its question would.</source>
        <translation>Lo que usted ve. Una lesión activa deja fuera su zona, como un sí a su pregunta.</translation>
    </message>
    <message>
        <source>Add a lesion</source>
        <translation>Añadir una lesión</translation>
    </message>
    <message>
        <source>“nothing changed” for all</source>
        <translation>«nada cambió» para todo</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Print …</source>
        <translation>Imprimir …</translation>
    </message>
    <message>
        <source>{file} is written: print it, then delete the file.</source>
        <translation>{file} está escrito: imprímalo y luego borre el archivo.</translation>
    </message>
    <message>
        <source>{file} is written.</source>
        <translation>{file} está escrito.</translation>
    </message>
</context>
<context>
    <name>SetUpWizard</name>
    <message>
        <source>Set up your clinic</source>
        <translation>Configure su clínica</translation>
    </message>
    <message>
        <source>Clinic</source>
        <translation>Clínica</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Documentos</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>Esta computadora</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Crearla</translation>
    </message>
    <message>
        <source>Recovery sheet</source>
        <translation>Hoja de recuperación</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Make the clinic</source>
        <translation>Crear la clínica</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Terminar</translation>
    </message>
    <message>
        <source>Medical director</source>
        <translation>Dirección médica</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administración</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Otras personas</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>nadie todavía</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>borrador</translation>
    </message>
    <message>
        <source>drafts</source>
        <translation>borradores</translation>
    </message>
    <message>
        <source>, approved by the medical director now</source>
        <translation>, aprobados ahora por la dirección médica</translation>
    </message>
    <message>
        <source>, to be approved later: until then nobody can be treated</source>
        <translation>, por aprobar más tarde: hasta entonces no se puede tratar a nadie</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Log-ins</source>
        <translation>Inicios de sesión</translation>
    </message>
    <message>
        <source>bound to this PC&apos;s keyring</source>
        <translation>ligados al llavero de esta computadora</translation>
    </message>
    <message>
        <source>by password</source>
        <translation>con contraseña</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>Declared solo physician: every record says so</source>
        <translation>Médico único declarado: cada registro lo dice</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Sections of the settings</source>
        <translation>Secciones de los ajustes</translation>
    </message>
    <message>
        <source>My account</source>
        <translation>Mi cuenta</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>Keys and recovery</source>
        <translation>Claves y recuperación</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Respaldos</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloqueo</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Apariencia</translation>
    </message>
    <message>
        <source>Who may do what</source>
        <translation>Quién puede hacer qué</translation>
    </message>
    <message>
        <source>This clinic</source>
        <translation>Esta clínica</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>SheetPreviewDialog</name>
    <message>
        <source>Bring a day&apos;s list in</source>
        <translation>Traer la lista de un día</translation>
    </message>
    <message>
        <source>Paste the lines of another program&apos;s day sheet here, with or without its headings.</source>
        <translation>Pegue aquí las líneas de la hoja del día de otro programa, con o sin sus encabezados.</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Líneas</translation>
    </message>
    <message>
        <source>A line: time, name, service, performer, note, in cells or with commas. Lines without a day are for {day}.</source>
        <translation>Una línea: hora, nombre, servicio, a cargo de, nota, en celdas o con comas. Las líneas sin día son para el {day}.</translation>
    </message>
    <message>
        <source>Let the dates say</source>
        <translation>Que lo digan las fechas</translation>
    </message>
    <message>
        <source>Order of the dates</source>
        <translation>Orden de las fechas</translation>
    </message>
    <message>
        <source>What each line would plan</source>
        <translation>Lo que planificaría cada línea</translation>
    </message>
    <message>
        <source>Choose a &amp;file …</source>
        <translation>Elegir un &amp;archivo …</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Leer</translation>
    </message>
    <message>
        <source>Put on the list</source>
        <translation>Poner en la lista</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>A day&apos;s list</source>
        <translation>La lista de un día</translation>
    </message>
    <message>
        <source>Lists (*.csv *.tsv *.txt *.xlsx);;All files (*)</source>
        <translation>Listas (*.csv *.tsv *.txt *.xlsx);;Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Reading the list …</source>
        <translation>Leyendo la lista …</translation>
    </message>
    <message>
        <source>no time</source>
        <translation>sin hora</translation>
    </message>
    <message>
        <source>Line {number}: {said}</source>
        <translation>Línea {number}: {said}</translation>
    </message>
    <message>
        <source>Who is meant by line {number}</source>
        <translation>A quién se refiere la línea {number}</translation>
    </message>
    <message>
        <source>Leave this line out</source>
        <translation>Omitir esta línea</translation>
    </message>
    <message>
        <source>born {day}</source>
        <translation>nac. {day}</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Rechazada</translation>
    </message>
    <message>
        <source>There already</source>
        <translation>Ya está</translation>
    </message>
    <message>
        <source>Who is it?</source>
        <translation>¿Quién es?</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Entendida</translation>
    </message>
    <message>
        <source>{staying} of {all} lines will be put on the list; {refused} refused.</source>
        <translation>{staying} de {all} líneas se pondrán en la lista; {refused} rechazadas.</translation>
    </message>
    <message>
        <source>Columns not read: {columns}.</source>
        <translation>Columnas que no se leyeron: {columns}.</translation>
    </message>
</context>
<context>
    <name>SheetStep</name>
    <message>
        <source>Recovery sheet</source>
        <translation>Hoja de recuperación</translation>
    </message>
    <message>
        <source>The clinic stands. This sheet opens its records when nobody&apos;s password does, and it opens nobody&apos;s signature key. It is kept nowhere in the program, so print it now.</source>
        <translation>La clínica está creada. Esta hoja abre sus expedientes cuando no sirve ninguna contraseña, y no abre ninguna clave de firma. El programa no la guarda en ninguna parte, así que imprímala ahora.</translation>
    </message>
    <message>
        <source>1  Print it</source>
        <translation>1  Imprímala</translation>
    </message>
    <message>
        <source>Print …</source>
        <translation>Imprimir …</translation>
    </message>
    <message>
        <source>Save as PDF …</source>
        <translation>Guardar como PDF …</translation>
    </message>
    <message>
        <source>Printing leaves no file behind. A saved file has to be deleted once it is printed: whoever has it and this PC&apos;s folder can read every record.</source>
        <translation>Imprimir no deja ningún archivo. Un archivo guardado hay que borrarlo una vez impreso: quien lo tenga junto con la carpeta de esta computadora puede leer todos los expedientes.</translation>
    </message>
    <message>
        <source>2  Read it back</source>
        <translation>2  Léala de vuelta</translation>
    </message>
    <message>
        <source>Type the {count} groups from the paper, or scan its square code into the first box. This proves that the paper can be read on the day it is needed.</source>
        <translation>Escriba los {count} grupos del papel, o escanee su código cuadrado en la primera casilla. Esto prueba que el papel se podrá leer el día que haga falta.</translation>
    </message>
    <message>
        <source>3  Lock it away</source>
        <translation>3  Guárdela bajo llave</translation>
    </message>
    <message>
        <source>In a sealed envelope, apart from this PC and from the backups. Tell the owner where.</source>
        <translation>En un sobre sellado, aparte de esta computadora y de los respaldos. Diga al dueño dónde.</translation>
    </message>
    <message>
        <source>There is a file with this name already; it was left as it is. Choose another name.</source>
        <translation>Ya hay un archivo con este nombre; se dejó como estaba. Elija otro nombre.</translation>
    </message>
    <message>
        <source>{file} is written. Print it and delete it.</source>
        <translation>{file} está escrito. Imprímalo y bórrelo.</translation>
    </message>
    <message>
        <source>Type every group from the paper first.</source>
        <translation>Escriba primero todos los grupos del papel.</translation>
    </message>
    <message>
        <source>Handed to the printer. Fetch the paper before you go on.</source>
        <translation>Enviado a la impresora. Recoja el papel antes de continuar.</translation>
    </message>
    <message>
        <source>Save the recovery sheet</source>
        <translation>Guardar la hoja de recuperación</translation>
    </message>
</context>
<context>
    <name>SignSheet</name>
    <message>
        <source>Your password, typed for this signature</source>
        <translation>Su contraseña, escrita para esta firma</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Your key file</source>
        <translation>Su archivo de clave</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Elegir …</translation>
    </message>
    <message>
        <source>The key file {name} is not there. Plug in the stick that it is on.</source>
        <translation>El archivo de clave {name} no está. Conecte la memoria USB en la que está.</translation>
    </message>
    <message>
        <source>Write a reason.</source>
        <translation>Escriba un motivo.</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Escriba su contraseña.</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>Firmando</translation>
    </message>
</context>
<context>
    <name>SignStep</name>
    <message>
        <source>Before you sign</source>
        <translation>Antes de firmar</translation>
    </message>
    <message>
        <source>Carried from last time and not confirmed</source>
        <translation>Traído de la última vez y sin confirmar</translation>
    </message>
    <message>
        <source>It is not in the visit, and is not signed, until somebody says that it was done today.</source>
        <translation>No está en la visita, ni se firma, hasta que alguien diga que se hizo hoy.</translation>
    </message>
    <message>
        <source>All of it was done like this today</source>
        <translation>Todo se hizo así hoy</translation>
    </message>
    <message>
        <source>Sign as performer</source>
        <translation>Firmar el tratamiento</translation>
    </message>
    <message>
        <source>Defer this visit</source>
        <translation>Aplazar esta visita</translation>
    </message>
    <message>
        <source>Release as director</source>
        <translation>Liberar como dirección</translation>
    </message>
    <message>
        <source>Order by telephone …</source>
        <translation>Orden por teléfono …</translation>
    </message>
    <message>
        <source>Void …</source>
        <translation>Anular …</translation>
    </message>
    <message>
        <source>Nothing stands against this visit. All six lights are ready.</source>
        <translation>Nada se opone a esta visita. Los seis indicadores están listos.</translation>
    </message>
    <message>
        <source>Nothing stands in the way. The director sees what was passed and why.</source>
        <translation>Nada lo impide. La dirección ve qué se permitió y por qué.</translation>
    </message>
    <message>
        <source>The gate refuses this visit today. Earliest day by the clinic&apos;s own windows: {day}.</source>
        <translation>El control previo rechaza hoy esta visita. Primer día según los plazos de la clínica: {day}.</translation>
    </message>
    <message>
        <source>The gate refuses this visit until what is marked is settled.</source>
        <translation>El control previo rechaza esta visita hasta que se resuelva lo marcado.</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>Signature</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Sign here</source>
        <translation>Firme aquí</translation>
    </message>
</context>
<context>
    <name>Signing</name>
    <message>
        <source>{count} treated areas, deepest {depth} mm, {protocol}</source>
        <translation>{count} zonas tratadas, la más profunda {depth} mm, {protocol}</translation>
    </message>
    <message>
        <source>{count} findings passed with a reason or by the director</source>
        <translation>{count} hallazgos permitidos con un motivo o por la dirección</translation>
    </message>
    <message>
        <source>Record {hash}…</source>
        <translation>Registro {hash}…</translation>
    </message>
    <message>
        <source>From your signature on these areas stand as they are:</source>
        <translation>Desde su firma, estas zonas quedan tal como están:</translation>
    </message>
    <message>
        <source>{area} (last time: {last})</source>
        <translation>{area} (la última vez: {last})</translation>
    </message>
    <message>
        <source>The director sees what was passed, and why:</source>
        <translation>La dirección ve lo que se dejó pasar y por qué:</translation>
    </message>
    <message>
        <source>Passed: {finding} Reason: {reason}</source>
        <translation>Permitido: {finding} Motivo: {reason}</translation>
    </message>
    <message>
        <source>Sign as performer</source>
        <translation>Firmar el tratamiento</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Firmar</translation>
    </message>
    <message>
        <source>{number} signed</source>
        <translation>{number} firmada</translation>
    </message>
    <message>
        <source>Approve and sign</source>
        <translation>Aprobar y firmar</translation>
    </message>
    <message>
        <source>{number} signed off</source>
        <translation>{number} aprobada</translation>
    </message>
    <message>
        <source>Return to the performer</source>
        <translation>Devolver al profesional</translation>
    </message>
    <message>
        <source>Return and sign</source>
        <translation>Devolver y firmar</translation>
    </message>
    <message>
        <source>Your question to the performer</source>
        <translation>Su pregunta al profesional</translation>
    </message>
    <message>
        <source>{number} returned</source>
        <translation>{number} devuelta</translation>
    </message>
    <message>
        <source>Release for this visit</source>
        <translation>Liberar para esta visita</translation>
    </message>
    <message>
        <source>Release and sign</source>
        <translation>Liberar y firmar</translation>
    </message>
    <message>
        <source>Why this is safe for this patient</source>
        <translation>Por qué es seguro para este paciente</translation>
    </message>
    <message>
        <source>{number} released</source>
        <translation>{number} liberada</translation>
    </message>
    <message>
        <source>{number} deferred</source>
        <translation>{number} aplazada</translation>
    </message>
    <message>
        <source>{number} voided</source>
        <translation>{number} anulada</translation>
    </message>
</context>
<context>
    <name>StandingSheet</name>
    <message>
        <source>Mark {number} as active</source>
        <translation>Marcar {number} como activo</translation>
    </message>
    <message>
        <source>Mark {number} as inactive</source>
        <translation>Marcar {number} como inactivo</translation>
    </message>
    <message>
        <source>Record the death of {number}</source>
        <translation>Registrar el fallecimiento de {number}</translation>
    </message>
    <message>
        <source>What was entered before stays in the history.</source>
        <translation>Lo registrado antes queda en el historial.</translation>
    </message>
    <message>
        <source>The record stays and is found as before.</source>
        <translation>El expediente queda y se encuentra como antes.</translation>
    </message>
    <message>
        <source>No new visit can be started. It can be taken back if it is wrong.</source>
        <translation>No se puede empezar ninguna visita nueva. Se puede deshacer si no es correcto.</translation>
    </message>
    <message>
        <source>Day of death</source>
        <translation>Día del fallecimiento</translation>
    </message>
    <message>
        <source>Where nobody knows it, the day on which you were told.</source>
        <translation>Si nadie lo sabe, el día en que se lo dijeron.</translation>
    </message>
    <message>
        <source>Who told you?</source>
        <translation>¿Quién se lo dijo?</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nada cambió.</translation>
    </message>
    <message>
        <source>Write the day like 23 Apr 2026.</source>
        <translation>Escriba el día como 23 abr 2026.</translation>
    </message>
</context>
<context>
    <name>StartVisitSheet</name>
    <message>
        <source>Start a visit</source>
        <translation>Empezar una visita</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servicio</translation>
    </message>
    <message>
        <source>Performer</source>
        <translation>Tratamiento a cargo de</translation>
    </message>
    <message>
        <source>The user name of whoever will treat and sign.</source>
        <translation>El nombre de usuario de quien tratará y firmará.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Whoever will treat and sign: {people}</source>
        <translation>Quien tratará y firmará: {people}</translation>
    </message>
    <message>
        <source>Say who will treat.</source>
        <translation>Diga quién tratará.</translation>
    </message>
</context>
<context>
    <name>Stay</name>
    <message>
        <source>What you typed in {names} before the lock is kept. Open it again, and it stands there.</source>
        <translation>Lo que escribió en {names} antes del bloqueo está guardado. Ábralo de nuevo y ahí estará.</translation>
    </message>
    <message>
        <source>What you typed in “{title}” before the lock is kept. What opened it is not on the screen any more: open it again, and it stands there.</source>
        <translation>Lo que escribió en «{title}» antes del bloqueo está guardado. Lo que lo abrió ya no está en la pantalla: ábralo de nuevo y ahí estará.</translation>
    </message>
    <message>
        <source>“{title}” was open before the lock. What opened it is not on the screen any more. Nothing was done.</source>
        <translation>«{title}» estaba abierta antes del bloqueo. Lo que la abrió ya no está en la pantalla. No se hizo nada.</translation>
    </message>
    <message>
        <source>“{title}” holds what you typed before the lock.</source>
        <translation>«{title}» conserva lo que escribió antes del bloqueo.</translation>
    </message>
    <message>
        <source>Passwords and codes are never kept: type them again.</source>
        <translation>Las contraseñas y los códigos nunca se guardan: escríbalos de nuevo.</translation>
    </message>
    <message>
        <source>The password that was made up for you is another now.</source>
        <translation>La contraseña que se le propuso ahora es otra.</translation>
    </message>
</context>
<context>
    <name>StepsToConfirm</name>
    <message>
        <source>Confirm the step and go on</source>
        <translation>Confirmar el paso y seguir</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmar</translation>
    </message>
    <message>
        <source>✓ Confirmed {clock}</source>
        <translation>✓ Confirmado {clock}</translation>
    </message>
</context>
<context>
    <name>Strength</name>
    <message>
        <source>{count} of {least} characters</source>
        <translation>{count} de {least} caracteres</translation>
    </message>
    <message>
        <source>Several words in a row are easy to remember and to type.</source>
        <translation>Varias palabras seguidas son fáciles de recordar y de escribir.</translation>
    </message>
    <message>
        <source>Strength: {word}. {hint}</source>
        <translation>Fuerza: {word}. {hint}</translation>
    </message>
</context>
<context>
    <name>TelephoneOrders</name>
    <message>
        <source>The order lets this pass:</source>
        <translation>La orden deja pasar esto:</translation>
    </message>
    <message>
        <source>Order by telephone, visit {number}</source>
        <translation>Orden por teléfono, visita {number}</translation>
    </message>
    <message>
        <source>Write the words down as they are said, read them back, and have the director confirm them. The order stands as unsigned at the top of the director&apos;s queue till it is signed.</source>
        <translation>Escriba las palabras tal como se dicen, léalas en voz alta y pida a la dirección que las confirme. La orden queda sin firmar al inicio de la cola de la dirección hasta que se firme.</translation>
    </message>
    <message>
        <source>Who orders</source>
        <translation>Quién ordena</translation>
    </message>
    <message>
        <source>The exact words</source>
        <translation>Las palabras exactas</translation>
    </message>
    <message>
        <source>Ordered at</source>
        <translation>Ordenado a las</translation>
    </message>
    <message>
        <source>Read back and confirmed at</source>
        <translation>Leído en voz alta y confirmado a las</translation>
    </message>
    <message>
        <source>Leave it empty as long as nobody read it back: it does not count then.</source>
        <translation>Déjelo vacío mientras nadie lo haya leído en voz alta: entonces no cuenta.</translation>
    </message>
    <message>
        <source>Enter the order</source>
        <translation>Anotar la orden</translation>
    </message>
    <message>
        <source>Order entered in {number}; the director still signs it</source>
        <translation>Orden anotada en {number}; la dirección aún debe firmarla</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Show older</source>
        <translation>Mostrar anteriores</translation>
    </message>
    <message>
        <source>Show older ({count})</source>
        <translation>Mostrar anteriores ({count})</translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message>
        <source>Last name</source>
        <translation>Apellido</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Preferred name</source>
        <translation>Nombre preferido</translation>
    </message>
    <message>
        <source>Pronouns</source>
        <translation>Pronombres</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Fecha de nacimiento</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Sexo</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Domicilio</translation>
    </message>
    <message>
        <source>Emergency contact</source>
        <translation>Contacto de emergencia</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>May be contacted by</source>
        <translation>Se puede contactar por</translation>
    </message>
    <message>
        <source>Allergies</source>
        <translation>Alergias</translation>
    </message>
    <message>
        <source>Phototype</source>
        <translation>Fototipo</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notas</translation>
    </message>
    <message>
        <source>telephone</source>
        <translation>teléfono</translation>
    </message>
    <message>
        <source>text message</source>
        <translation>mensaje de texto</translation>
    </message>
    <message>
        <source>email</source>
        <translation>correo electrónico</translation>
    </message>
    <message>
        <source>post</source>
        <translation>correo postal</translation>
    </message>
    <message>
        <source>may leave a message</source>
        <translation>se puede dejar un mensaje</translation>
    </message>
    <message>
        <source>do not contact</source>
        <translation>no contactar</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Activo</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inactivo</translation>
    </message>
    <message>
        <source>Deceased</source>
        <translation>Fallecido</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Time cannot be read</source>
        <translation>La hora no se puede leer</translation>
    </message>
    <message>
        <source>Visit {number} opened</source>
        <translation>Se abrió la visita {number}</translation>
    </message>
    <message>
        <source>Treated, visit {number}</source>
        <translation>Tratamiento, visita {number}</translation>
    </message>
    <message>
        <source>Visit {number} deferred: the gate refused it</source>
        <translation>Visita {number} aplazada: el control previo la rechazó</translation>
    </message>
    <message>
        <source>Visit {number} released by the director</source>
        <translation>Visita {number} liberada por la dirección</translation>
    </message>
    <message>
        <source>Visit {number} signed off by the director</source>
        <translation>Visita {number} aprobada por la dirección</translation>
    </message>
    <message>
        <source>Visit {number} returned to its performer</source>
        <translation>Visita {number} devuelta a quien trató</translation>
    </message>
    <message>
        <source>Visit {number} voided</source>
        <translation>Visita {number} anulada</translation>
    </message>
    <message>
        <source>Visit {number} printed</source>
        <translation>Visita {number} impresa</translation>
    </message>
    <message>
        <source>Aftercare sheet of visit {number} printed</source>
        <translation>Hoja de cuidados de la visita {number} impresa</translation>
    </message>
    <message>
        <source>Adverse event after visit {number}</source>
        <translation>Evento adverso después de la visita {number}</translation>
    </message>
    <message>
        <source>Addendum to visit {number}</source>
        <translation>Adenda a la visita {number}</translation>
    </message>
    <message>
        <source>Visit {number} corrected</source>
        <translation>Visita {number} corregida</translation>
    </message>
    <message>
        <source>Late entry to visit {number}</source>
        <translation>Anotación tardía en la visita {number}</translation>
    </message>
    <message>
        <source>Visit {number} was filed to this patient wrongly</source>
        <translation>La visita {number} se archivó con este paciente por error</translation>
    </message>
    <message>
        <source>Visit {number}, filed to another patient, is of this patient</source>
        <translation>La visita {number}, archivada con otro paciente, es de este paciente</translation>
    </message>
    <message>
        <source>Amendment of visit {number} seen by the director</source>
        <translation>Enmienda de la visita {number} vista por la dirección médica</translation>
    </message>
    <message>
        <source>Added to the roster</source>
        <translation>Agregado a la lista de pacientes</translation>
    </message>
    <message>
        <source>Came with an imported roster</source>
        <translation>Llegó con una lista importada</translation>
    </message>
    <message>
        <source>Details changed: {fields}</source>
        <translation>Datos cambiados: {fields}</translation>
    </message>
    <message>
        <source>Marked as: {what}</source>
        <translation>Marcado como: {what}</translation>
    </message>
    <message>
        <source>Two records of this person are read as one</source>
        <translation>Dos expedientes de esta persona se leen como uno</translation>
    </message>
    <message>
        <source>A merge of two records was taken back</source>
        <translation>Se deshizo una unión de dos expedientes</translation>
    </message>
    <message>
        <source>Legal hold put on these records</source>
        <translation>Retención legal sobre estos expedientes</translation>
    </message>
    <message>
        <source>Legal hold ended</source>
        <translation>Terminó la retención legal</translation>
    </message>
    <message>
        <source>Written into the health history</source>
        <translation>Anotado en los antecedentes de salud</translation>
    </message>
    <message>
        <source>Entry of the health history ended</source>
        <translation>Entrada de los antecedentes de salud terminada</translation>
    </message>
    <message>
        <source>Audit bundle about this person made</source>
        <translation>Paquete de auditoría sobre esta persona creado</translation>
    </message>
    <message>
        <source>Consent withdrawn</source>
        <translation>Consentimiento retirado</translation>
    </message>
    <message>
        <source>Scanned paper kept</source>
        <translation>Papel escaneado guardado</translation>
    </message>
    <message>
        <source>Scanned paper written out</source>
        <translation>Copia del papel escaneado guardada</translation>
    </message>
    <message>
        <source>Signed consent printed</source>
        <translation>Consentimiento firmado impreso</translation>
    </message>
    <message>
        <source>Consent form to sign printed</source>
        <translation>Formulario de consentimiento para firmar impreso</translation>
    </message>
    <message>
        <source>Sheet about preparing printed</source>
        <translation>Hoja de preparación impresa</translation>
    </message>
    <message>
        <source>Visit planned</source>
        <translation>Visita planificada</translation>
    </message>
    <message>
        <source>Came without a planned visit</source>
        <translation>Vino sin visita planificada</translation>
    </message>
    <message>
        <source>Planned visit changed</source>
        <translation>Visita planificada cambiada</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>Llegó</translation>
    </message>
    <message>
        <source>Arrival taken back</source>
        <translation>Llegada deshecha</translation>
    </message>
    <message>
        <source>Planned visit started</source>
        <translation>Visita planificada empezada</translation>
    </message>
    <message>
        <source>Planned visit cancelled</source>
        <translation>Visita planificada cancelada</translation>
    </message>
    <message>
        <source>Did not come to the planned visit</source>
        <translation>No se presentó a la visita planificada</translation>
    </message>
    <message>
        <source>Planned visit put back on the list</source>
        <translation>Visita planificada devuelta a la lista</translation>
    </message>
    <message>
        <source>Planned visit taken back</source>
        <translation>Visita planificada retirada</translation>
    </message>
    <message>
        <source>Planned visit entered again</source>
        <translation>Visita planificada anotada de nuevo</translation>
    </message>
    <message>
        <source>consent on record</source>
        <translation>consentimiento registrado</translation>
    </message>
    <message>
        <source>{one} into {other}</source>
        <translation>{one} en {other}</translation>
    </message>
    <message>
        <source>Day of death: {day}</source>
        <translation>Día del fallecimiento: {day}</translation>
    </message>
    <message>
        <source>every consent</source>
        <translation>todos los consentimientos</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>no se preguntó</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
</context>
<context>
    <name>TimerButton</name>
    <message>
        <source>Timer</source>
        <translation>Temporizador</translation>
    </message>
    <message>
        <source>Treatment timer</source>
        <translation>Temporizador del tratamiento</translation>
    </message>
    <message>
        <source>A timer that stays visible while the program is locked</source>
        <translation>Un temporizador que sigue a la vista mientras el programa está bloqueado</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n} minutos</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>Deshacer: {what}</translation>
    </message>
</context>
<context>
    <name>Today</name>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Readiness</source>
        <translation>Preparación</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servicio</translation>
    </message>
    <message>
        <source>Performer</source>
        <translation>A cargo de</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Planificada</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>Llegó</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Empezada</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelada</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>No se presentó</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retirada</translation>
    </message>
    <message>
        <source>Walk-in</source>
        <translation>Sin cita</translation>
    </message>
    <message>
        <source>born {day}</source>
        <translation>nac. {day}</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identidad</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historia</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>Examen</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimiento</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Autoridad</translation>
    </message>
    <message>
        <source>Supplies</source>
        <translation>Insumos</translation>
    </message>
    <message>
        <source>{light}: not yet. It is done once the visit has begun.</source>
        <translation>{light}: todavía no. Se hace cuando la visita haya empezado.</translation>
    </message>
    <message>
        <source>{light}: ready</source>
        <translation>{light}: bien</translation>
    </message>
    <message>
        <source>{light}: to be looked at. {what}</source>
        <translation>{light}: hay que mirarlo. {what}</translation>
    </message>
    <message>
        <source>{light}: stops the treatment. {what}</source>
        <translation>{light}: detiene el tratamiento. {what}</translation>
    </message>
    <message>
        <source>{light}: not done. {what}</source>
        <translation>{light}: falta. {what}</translation>
    </message>
    <message>
        <source>Confirm who it is, by name and date of birth.</source>
        <translation>Confirme quién es, por nombre y fecha de nacimiento.</translation>
    </message>
    <message>
        <source>Answer every question, and settle what was found.</source>
        <translation>Responda todas las preguntas y resuelva lo encontrado.</translation>
    </message>
    <message>
        <source>Enter the exam and the order: who, and when.</source>
        <translation>Registre el examen y la orden: quién y cuándo.</translation>
    </message>
    <message>
        <source>Have the consent read and signed, with a witness.</source>
        <translation>Haga leer y firmar el consentimiento, con un testigo.</translation>
    </message>
    <message>
        <source>See that performer, protocol and policy are in force.</source>
        <translation>Compruebe que estén vigentes la persona a cargo, el protocolo y la política.</translation>
    </message>
    <message>
        <source>Choose device and cartridge, and see that they may be used.</source>
        <translation>Elija dispositivo y cartucho, y compruebe que se puedan usar.</translation>
    </message>
    <message>
        <source>exam expired</source>
        <translation>examen vencido</translation>
    </message>
    <message>
        <source>exams expired</source>
        <translation>exámenes vencidos</translation>
    </message>
    <message>
        <source>with a stop</source>
        <translation>con alto</translation>
    </message>
    <message>
        <source>unfit supply</source>
        <translation>insumo no apto</translation>
    </message>
    <message>
        <source>unfit supplies</source>
        <translation>insumos no aptos</translation>
    </message>
    <message>
        <source>unanswered</source>
        <translation>sin respuesta</translation>
    </message>
    <message>
        <source>visit returned</source>
        <translation>visita devuelta</translation>
    </message>
    <message>
        <source>visits returned</source>
        <translation>visitas devueltas</translation>
    </message>
    <message>
        <source>consent missing</source>
        <translation>sin consentimiento</translation>
    </message>
    <message>
        <source>consents missing</source>
        <translation>sin consentimiento</translation>
    </message>
    <message>
        <source>to be asked</source>
        <translation>por preguntar</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>New visit</source>
        <translation>Visita nueva</translation>
    </message>
    <message>
        <source>Close the day</source>
        <translation>Cerrar el día</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Undo what was done last</source>
        <translation>Deshacer lo último</translation>
    </message>
    <message>
        <source>Print the day&apos;s list</source>
        <translation>Imprimir la lista del día</translation>
    </message>
    <message>
        <source>Still open from earlier days</source>
        <translation>Abiertas de días anteriores</translation>
    </message>
    <message>
        <source>Open visits of earlier days</source>
        <translation>Visitas abiertas de días anteriores</translation>
    </message>
    <message>
        <source>Previous day (Left)</source>
        <translation>Día anterior (Izquierda)</translation>
    </message>
    <message>
        <source>Today (T)</source>
        <translation>Hoy (T)</translation>
    </message>
    <message>
        <source>Next day (Right)</source>
        <translation>Día siguiente (Derecha)</translation>
    </message>
    <message>
        <source>Print the day&apos;s list (Ctrl+P)</source>
        <translation>Imprimir la lista del día (Ctrl+P)</translation>
    </message>
    <message>
        <source>&amp;Walk-in</source>
        <translation>&amp;Sin cita</translation>
    </message>
    <message>
        <source>&amp;Bring a list in …</source>
        <translation>&amp;Traer una lista …</translation>
    </message>
    <message>
        <source>Visits of the day</source>
        <translation>Visitas del día</translation>
    </message>
    <message>
        <source>No visits on this day</source>
        <translation>No hay visitas este día</translation>
    </message>
    <message>
        <source>Type above who is expected, bring a list in, or press New visit.</source>
        <translation>Escriba arriba a quién se espera, traiga una lista u oprima Visita nueva.</translation>
    </message>
    <message>
        <source>Open the visit</source>
        <translation>Abrir la visita</translation>
    </message>
    <message>
        <source>Start the visit</source>
        <translation>Empezar la visita</translation>
    </message>
    <message>
        <source>Has arrived</source>
        <translation>Llegó</translation>
    </message>
    <message>
        <source>Has not arrived</source>
        <translation>No ha llegado</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Cambiar …</translation>
    </message>
    <message>
        <source>Did not come</source>
        <translation>No se presentó</translation>
    </message>
    <message>
        <source>Cancel …</source>
        <translation>Cancelar …</translation>
    </message>
    <message>
        <source>Expected again</source>
        <translation>Se espera otra vez</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Quitar de la lista</translation>
    </message>
    <message>
        <source>Open the patient</source>
        <translation>Abrir el paciente</translation>
    </message>
    <message>
        <source>{day} · {expected} expected, {arrived} arrived · {visits}, {done} performed</source>
        <translation>{day} · {expected} esperadas, {arrived} llegadas · {visits}, {done} realizadas</translation>
    </message>
    <message>
        <source>visit</source>
        <translation>visita</translation>
    </message>
    <message>
        <source>visits</source>
        <translation>visitas</translation>
    </message>
    <message>
        <source>The consent is read and signed in the visit, once it has begun.</source>
        <translation>El consentimiento se lee y se firma en la visita, cuando haya empezado.</translation>
    </message>
    <message>
        <source>No line of this day needs anything.</source>
        <translation>Ninguna línea de este día necesita nada.</translation>
    </message>
    <message>
        <source>day-list</source>
        <translation>lista-del-dia</translation>
    </message>
    <message>
        <source>Write the day&apos;s list to</source>
        <translation>Escribir la lista del día en</translation>
    </message>
    <message>
        <source>{file} is written. It names patients: shred it at the end of the day.</source>
        <translation>{file} está escrito. Nombra a pacientes: destrúyalo al final del día.</translation>
    </message>
    <message>
        <source>{patient} has arrived already</source>
        <translation>{patient} ya llegó</translation>
    </message>
    <message>
        <source>day-close</source>
        <translation>cierre-del-dia</translation>
    </message>
    <message>
        <source>Close the day and write its slip to</source>
        <translation>Cerrar el día y escribir su hoja en</translation>
    </message>
    <message>
        <source>Day closed. {file} is written: print it for the binder. {open}.</source>
        <translation>Día cerrado. {file} está escrito: imprímalo para el archivador. {open}.</translation>
    </message>
    <message>
        <source>visit is still open</source>
        <translation>visita sigue abierta</translation>
    </message>
    <message>
        <source>visits are still open</source>
        <translation>visitas siguen abiertas</translation>
    </message>
    <message>
        <source>Find or add the patient, then start the visit.</source>
        <translation>Busque o agregue al paciente y luego empiece la visita.</translation>
    </message>
</context>
<context>
    <name>TracePage</name>
    <message>
        <source>Save or print …</source>
        <translation>Guardar o imprimir …</translation>
    </message>
    <message>
        <source>Visits with adverse events</source>
        <translation>Visitas con eventos adversos</translation>
    </message>
    <message>
        <source>Counts with their denominators</source>
        <translation>Recuentos con sus denominadores</translation>
    </message>
    <message>
        <source>No visit in these days</source>
        <translation>Ninguna visita en estos días</translation>
    </message>
    <message>
        <source>Ask for more days.</source>
        <translation>Pida más días.</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Contar</translation>
    </message>
    <message>
        <source>To, this day included</source>
        <translation>Hasta, este día incluido</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Por</translation>
    </message>
    <message>
        <source>{events} of {visits} visits from {first} to {last} had an adverse event.</source>
        <translation>{events} de {visits} visitas del {first} al {last} tuvieron un evento adverso.</translation>
    </message>
    <message>
        <source>Visits with events by {factor}</source>
        <translation>Visitas con eventos por {factor}</translation>
    </message>
    <message>
        <source>Write the picture or table to</source>
        <translation>Escribir la imagen o tabla en</translation>
    </message>
    <message>
        <source>{file} written</source>
        <translation>{file} escrito</translation>
    </message>
    <message>
        <source>The file could not be written there. No record was changed. Choose another place.</source>
        <translation>El archivo no se pudo escribir ahí. No se cambió ninguna ficha. Elija otro sitio.</translation>
    </message>
</context>
<context>
    <name>TreatmentStep</name>
    <message>
        <source>Device and supplies</source>
        <translation>Dispositivo e insumos</translation>
    </message>
    <message>
        <source>Treated areas</source>
        <translation>Zonas tratadas</translation>
    </message>
    <message>
        <source>One line for each area. Depth is the deepest setting used. A table copied elsewhere can be pasted into a cell.</source>
        <translation>Una línea por zona. La profundidad es el ajuste más profundo que se usó. En una celda se puede pegar una tabla copiada de otro lugar.</translation>
    </message>
    <message>
        <source>No area is entered yet. Press one on the map, add one here, or begin with what was done last time.</source>
        <translation>Aún no hay ninguna zona. Pulse una en el mapa, añada una aquí o empiece con lo que se hizo la última vez.</translation>
    </message>
    <message>
        <source>Add an area</source>
        <translation>Agregar una zona</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Horas</translation>
    </message>
    <message>
        <source>Treatment ended now</source>
        <translation>El tratamiento terminó ahora</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notas</translation>
    </message>
    <message>
        <source>As last time</source>
        <translation>Como la última vez</translation>
    </message>
    <message>
        <source>Areas, depth, passes, speed and pattern of the last visit, each marked as carried until you confirm it or type it anew. What is seen today is entered today. (F6)</source>
        <translation>Zonas, profundidad, pasadas, velocidad y patrón de la última visita, marcados como traídos hasta que los confirme o los escriba de nuevo. Lo que se ve hoy se anota hoy. (F6)</translation>
    </message>
    <message>
        <source>Confirm all that is carried</source>
        <translation>Confirmar todo lo traído</translation>
    </message>
    <message>
        <source>All of it was done like this today. (F9)</source>
        <translation>Todo se hizo así hoy. (F9)</translation>
    </message>
    <message>
        <source>Areas as last time</source>
        <translation>Zonas como la última vez</translation>
    </message>
    <message>
        <source>Further fields of this area, and back</source>
        <translation>Más campos de esta zona, y de vuelta</translation>
    </message>
    <message>
        <source>Leave out today: {areas}.</source>
        <translation>Hoy no tratar: {areas}.</translation>
    </message>
    <message>
        <source>areas as last time</source>
        <translation>zonas como la última vez</translation>
    </message>
    <message>
        <source>was {depth}</source>
        <translation>fue {depth}</translation>
    </message>
    <message>
        <source>Since last time: {changes}</source>
        <translation>Desde la última vez: {changes}</translation>
    </message>
    <message>
        <source>left out today ({why})</source>
        <translation>se deja fuera hoy ({why})</translation>
    </message>
    <message>
        <source>not treated</source>
        <translation>sin tratar</translation>
    </message>
    <message>
        <source>not in the protocol</source>
        <translation>no está en el protocolo</translation>
    </message>
    <message>
        <source>{area} added</source>
        <translation>{area}: añadido</translation>
    </message>
    <message>
        <source>when the treatment ended</source>
        <translation>cuándo terminó el tratamiento</translation>
    </message>
</context>
<context>
    <name>Unready</name>
    <message>
        <source>Locking …</source>
        <translation>Bloqueando …</translation>
    </message>
</context>
<context>
    <name>VisitBanner</name>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Timer and history</source>
        <translation>Temporizador e historial</translation>
    </message>
    <message>
        <source>age {n}</source>
        <translation>edad {n}</translation>
    </message>
    <message>
        <source>born {day} · {age}</source>
        <translation>nac. {day} · {age}</translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>1  Identity</source>
        <translation>1  Identidad</translation>
    </message>
    <message>
        <source>2  Screening</source>
        <translation>2  Preguntas previas</translation>
    </message>
    <message>
        <source>3  Exam and order</source>
        <translation>3  Examen y orden</translation>
    </message>
    <message>
        <source>4  Consent</source>
        <translation>4  Consentimiento</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Paso siguiente</translation>
    </message>
    <message>
        <source>Step before</source>
        <translation>Paso anterior</translation>
    </message>
    <message>
        <source>Not in the visit yet, because it cannot be read or is not whole: {names}.</source>
        <translation>Todavía no está en la visita, porque no se puede leer o no está completo: {names}.</translation>
    </message>
    <message>
        <source>No treated area is entered yet, so there is nothing to sign.</source>
        <translation>Aún no se ha anotado ninguna zona tratada, así que no hay nada que firmar.</translation>
    </message>
    <message>
        <source>Kept as a draft, and not in the visit yet. {why}</source>
        <translation>Guardado como borrador y todavía no en la visita. {why}</translation>
    </message>
    <message>
        <source>Returned by the director: {reason}</source>
        <translation>Devuelta por la dirección: {reason}</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Visita</translation>
    </message>
    <message>
        <source>Amend the signed visit</source>
        <translation>Enmendar la visita firmada</translation>
    </message>
    <message>
        <source>Sign the visit</source>
        <translation>Firmar la visita</translation>
    </message>
    <message>
        <source>5  Preparation and products</source>
        <translation>5  Preparación y productos</translation>
    </message>
    <message>
        <source>6  Treatment</source>
        <translation>6  Tratamiento</translation>
    </message>
    <message>
        <source>7  Review and sign</source>
        <translation>7  Revisar y firmar</translation>
    </message>
    <message>
        <source>Deferred: the gate refuses this visit. It holds no treatment lines.</source>
        <translation>Aplazada: el control previo rechaza esta visita. No contiene líneas de tratamiento.</translation>
    </message>
</context>
<context>
    <name>VisitReading</name>
    <message>
        <source>Approve and sign</source>
        <translation>Aprobar y firmar</translation>
    </message>
    <message>
        <source>Return with a question</source>
        <translation>Devolver con una pregunta</translation>
    </message>
    <message>
        <source>Chart as PDF …</source>
        <translation>Expediente en PDF …</translation>
    </message>
    <message>
        <source>Aftercare sheet …</source>
        <translation>Hoja de cuidados …</translation>
    </message>
    <message>
        <source>Consent as PDF …</source>
        <translation>Consentimiento en PDF …</translation>
    </message>
    <message>
        <source>Scan of the consent …</source>
        <translation>Escaneo del consentimiento …</translation>
    </message>
    <message>
        <source>Write the PDF to</source>
        <translation>Escribir el PDF en</translation>
    </message>
    <message>
        <source>{file} written, not encrypted</source>
        <translation>{file} está escrito, sin cifrar</translation>
    </message>
    <message>
        <source>Readiness</source>
        <translation>Preparación</translation>
    </message>
    <message>
        <source>{name} or another provider or the director fills in what is missing, under their own log-in.</source>
        <translation>{name}, otro profesional o la dirección médica completa lo que falta, con su propio inicio de sesión.</translation>
    </message>
    <message>
        <source>A provider or the director fills in what is missing, under their own log-in.</source>
        <translation>Un profesional o la dirección médica completa lo que falta, con su propio inicio de sesión.</translation>
    </message>
</context>
<context>
    <name>VoidSheet</name>
    <message>
        <source>Void a visit</source>
        <translation>Anular una visita</translation>
    </message>
    <message>
        <source>Void {number}</source>
        <translation>Anular {number}</translation>
    </message>
    <message>
        <source>It stays on record, marked as voided, and cannot be opened again.</source>
        <translation>Queda en el registro, marcada como anulada, y no se puede volver a abrir.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Void it</source>
        <translation>Anularla</translation>
    </message>
    <message>
        <source>Write a reason.</source>
        <translation>Escriba un motivo.</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome to mnclinic</source>
        <translation>Bienvenidos a mnclinic</translation>
    </message>
    <message>
        <source>There is no clinic on this PC yet. Set yours up in about ten minutes, or look around first: the demo clinic is full of invented people.</source>
        <translation>Todavía no hay ninguna clínica en esta computadora. Configure la suya en unos diez minutos, o mire primero: la clínica de demostración está llena de personas inventadas.</translation>
    </message>
    <message>
        <source>Set up your clinic</source>
        <translation>Configure su clínica</translation>
    </message>
    <message>
        <source>Open the demo clinic</source>
        <translation>Abrir la demostración</translation>
    </message>
    <message>
        <source>Bring a clinic back from a backup …</source>
        <translation>Recuperar una clínica de un respaldo …</translation>
    </message>
    <message>
        <source>Data folder: {folder}</source>
        <translation>Carpeta de datos: {folder}</translation>
    </message>
    <message>
        <source>Building the demo clinic</source>
        <translation>Creando la clínica de demostración</translation>
    </message>
</context>
<context>
    <name>WithdrawalFields</name>
    <message>
        <source>Choose how</source>
        <translation>Elija cómo</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>De palabra</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Por escrito</translation>
    </message>
    <message>
        <source>By telephone</source>
        <translation>Por teléfono</translation>
    </message>
    <message>
        <source>Who withdraws it</source>
        <translation>Quién lo retira</translation>
    </message>
    <message>
        <source>How it was said</source>
        <translation>Cómo se dijo</translation>
    </message>
    <message>
        <source>In their words</source>
        <translation>En sus palabras</translation>
    </message>
    <message>
        <source>Write the withdrawal down</source>
        <translation>Anotar la retirada</translation>
    </message>
    <message>
        <source>The patient withdraws the consent</source>
        <translation>El paciente retira el consentimiento</translation>
    </message>
    <message>
        <source>The withdrawal is written down</source>
        <translation>La retirada está anotada</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Ways</source>
        <translation>Secciones</translation>
    </message>
    <message>
        <source>DEMO CLINIC · invented people, nothing here is real · today is {day}</source>
        <translation>CLÍNICA DE DEMOSTRACIÓN · personas inventadas, nada aquí es real · hoy es {day}</translation>
    </message>
    <message>
        <source>Logged in as {name}{credential} · {clinic}</source>
        <translation>Sesión de {name}{credential} · {clinic}</translation>
    </message>
    <message>
        <source>All changes saved</source>
        <translation>Todo está guardado</translation>
    </message>
    <message>
        <source>Go to {page}</source>
        <translation>Ir a {page}</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>Buscar en todo</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Adelante</translation>
    </message>
    <message>
        <source>Add a patient</source>
        <translation>Agregar un paciente</translation>
    </message>
    <message>
        <source>Somebody has come in</source>
        <translation>Alguien llegó sin cita</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>Teclas de esta página</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menú</translation>
    </message>
    <message>
        <source>Lock the screen</source>
        <translation>Bloquear la pantalla</translation>
    </message>
    <message>
        <source>On every page</source>
        <translation>En todas las páginas</translation>
    </message>
    <message>
        <source>DEMO CLINIC · nothing here is real · today is {day}</source>
        <translation>CLÍNICA DE DEMOSTRACIÓN · nada es real · hoy es {day}</translation>
    </message>
    <message>
        <source>Not everything is saved; it is tried again</source>
        <translation>No todo está guardado; se vuelve a intentar</translation>
    </message>
    <message>
        <source>Waiting for the clinic&apos;s data, which is busy. Go on: what is typed is kept.</source>
        <translation>Se esperan los datos de la clínica, que están ocupados. Siga: lo que se escribe se conserva.</translation>
    </message>
</context>
<context>
    <name>_FindingRow</name>
    <message>
        <source>Reason to go on, in your own words</source>
        <translation>Motivo para seguir, en sus palabras</translation>
    </message>
    <message>
        <source>Reason to go on</source>
        <translation>Motivo para seguir</translation>
    </message>
    <message>
        <source>reason to go on</source>
        <translation>motivo para seguir</translation>
    </message>
</context>
<context>
    <name>_Mark</name>
    <message>
        <source>done</source>
        <translation>hecho</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ahora</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>por venir</translation>
    </message>
    <message>
        <source>Step {number} of {of}: {words}, {state}</source>
        <translation>Paso {number} de {of}: {words}, {state}</translation>
    </message>
</context>
<context>
    <name>_TimerLine</name>
    <message>
        <source>End timer</source>
        <translation>Terminar</translation>
    </message>
    <message>
        <source>Treatment timer of {user}</source>
        <translation>Temporizador del tratamiento de {user}</translation>
    </message>
    <message>
        <source>Time is up</source>
        <translation>Se acabó el tiempo</translation>
    </message>
    <message>
        <source>Treatment timer of {user}, {over} ago</source>
        <translation>Temporizador del tratamiento de {user}, hace {over}</translation>
    </message>
</context>
<context>
    <name>forms</name>
    <message>
        <source>Still missing.</source>
        <translation>Falta todavía.</translation>
    </message>
    <message>
        <source>Not chosen yet</source>
        <translation>Sin elegir todavía</translation>
    </message>
    <message>
        <source>YYYY-MM-DD</source>
        <translation>AAAA-MM-DD</translation>
    </message>
    <message>
        <source>Facial acne scars</source>
        <translation>Cicatrices de acné faciales</translation>
    </message>
    <message>
        <source>Neck wrinkles</source>
        <translation>Arrugas del cuello</translation>
    </message>
    <message>
        <source>Facial wrinkles</source>
        <translation>Arrugas faciales</translation>
    </message>
    <message>
        <source>Periorbital wrinkles</source>
        <translation>Arrugas periorbitarias</translation>
    </message>
    <message>
        <source>Abdominal scars</source>
        <translation>Cicatrices abdominales</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otro</translation>
    </message>
    <message>
        <source>Said full name and date of birth</source>
        <translation>Dijo nombre completo y fecha de nacimiento</translation>
    </message>
    <message>
        <source>Photo ID seen</source>
        <translation>Identificación con foto vista</translation>
    </message>
    <message>
        <source>Known to staff, and asked for the date of birth</source>
        <translation>El equipo le conoce, y se preguntó la fecha de nacimiento</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>En persona</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Por video</translation>
    </message>
    <message>
        <source>Pictures and answers sent in</source>
        <translation>Fotos y respuestas enviadas</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Aprobado</translation>
    </message>
    <message>
        <source>Defer to the director</source>
        <translation>Remitir a la dirección</translation>
    </message>
    <message>
        <source>Not applicable</source>
        <translation>No corresponde</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Pendiente</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Izquierda</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Derecha</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Ambos</translation>
    </message>
    <message>
        <source>Midline</source>
        <translation>Línea media</translation>
    </message>
    <message>
        <source>Erythema</source>
        <translation>Enrojecimiento</translation>
    </message>
    <message>
        <source>Pinpoint bleeding</source>
        <translation>Sangrado puntiforme</translation>
    </message>
    <message>
        <source>Aborted</source>
        <translation>Interrumpido</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>Nadie todavía</translation>
    </message>
    <message>
        <source>Horizontal</source>
        <translation>Horizontal</translation>
    </message>
    <message>
        <source>Vertical</source>
        <translation>Vertical</translation>
    </message>
    <message>
        <source>Oblique</source>
        <translation>Oblicuo</translation>
    </message>
    <message>
        <source>Several directions</source>
        <translation>Varias direcciones</translation>
    </message>
    <message>
        <source>Circular</source>
        <translation>Circular</translation>
    </message>
    <message>
        <source>Stamped</source>
        <translation>Por presión</translation>
    </message>
    <message>
        <source>No bleeding</source>
        <translation>Sin sangrado</translation>
    </message>
    <message>
        <source>Pinpoint</source>
        <translation>Puntiforme</translation>
    </message>
    <message>
        <source>Oozing</source>
        <translation>Rezuma</translation>
    </message>
    <message>
        <source>Heavy</source>
        <translation>Abundante</translation>
    </message>
    <message>
        <source>How was the identity confirmed?</source>
        <translation>¿Cómo se confirmó la identidad?</translation>
    </message>
    <message>
        <source>how the identity was confirmed</source>
        <translation>cómo se confirmó la identidad</translation>
    </message>
    <message>
        <source>Not confirmed yet</source>
        <translation>Sin confirmar todavía</translation>
    </message>
    <message>
        <source>What is treated</source>
        <translation>Qué se trata</translation>
    </message>
    <message>
        <source>what is treated</source>
        <translation>qué se trata</translation>
    </message>
    <message>
        <source>Performer</source>
        <translation>Tratamiento a cargo de</translation>
    </message>
    <message>
        <source>performer</source>
        <translation>a cargo de quién</translation>
    </message>
    <message>
        <source>Phototype (Fitzpatrick)</source>
        <translation>Fototipo (Fitzpatrick)</translation>
    </message>
    <message>
        <source>phototype</source>
        <translation>fototipo</translation>
    </message>
    <message>
        <source>Not assessed yet</source>
        <translation>Sin evaluar todavía</translation>
    </message>
    <message>
        <source>Phototype found by</source>
        <translation>Fototipo determinado por</translation>
    </message>
    <message>
        <source>how the phototype was found</source>
        <translation>cómo se determinó el fototipo</translation>
    </message>
    <message>
        <source>A questionnaire</source>
        <translation>Un cuestionario</translation>
    </message>
    <message>
        <source>A clinician</source>
        <translation>Un profesional clínico</translation>
    </message>
    <message>
        <source>Last needling session elsewhere</source>
        <translation>Última sesión de agujas en otro lugar</translation>
    </message>
    <message>
        <source>last session elsewhere</source>
        <translation>última sesión en otro lugar</translation>
    </message>
    <message>
        <source>Sessions at this clinic are found by themselves.</source>
        <translation>Las sesiones de esta clínica se encuentran solas.</translation>
    </message>
    <message>
        <source>Supervised by</source>
        <translation>Supervisado por</translation>
    </message>
    <message>
        <source>who supervised</source>
        <translation>quién supervisó</translation>
    </message>
    <message>
        <source>Only where the policy lets the performer go deeper under supervision.</source>
        <translation>Solo donde la política permite ir más profundo con supervisión.</translation>
    </message>
    <message>
        <source>Nobody named</source>
        <translation>Nadie nombrado</translation>
    </message>
    <message>
        <source>For this patient</source>
        <translation>Para este paciente</translation>
    </message>
    <message>
        <source>Standing order of the protocol</source>
        <translation>Orden permanente del protocolo</translation>
    </message>
    <message>
        <source>Examiner</source>
        <translation>Examinado por</translation>
    </message>
    <message>
        <source>examiner</source>
        <translation>quién examinó</translation>
    </message>
    <message>
        <source>Day of the exam</source>
        <translation>Día del examen</translation>
    </message>
    <message>
        <source>day of the exam</source>
        <translation>día del examen</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Cómo</translation>
    </message>
    <message>
        <source>how the patient was examined</source>
        <translation>cómo se examinó al paciente</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>result of the exam</source>
        <translation>resultado del examen</translation>
    </message>
    <message>
        <source>Counts to, where the examiner says so</source>
        <translation>Vale hasta, si quien examinó lo dice</translation>
    </message>
    <message>
        <source>last day of the exam</source>
        <translation>último día del examen</translation>
    </message>
    <message>
        <source>Ordered by</source>
        <translation>Ordenado por</translation>
    </message>
    <message>
        <source>who ordered</source>
        <translation>quién ordenó</translation>
    </message>
    <message>
        <source>Ordered on</source>
        <translation>Ordenado el</translation>
    </message>
    <message>
        <source>day of the order</source>
        <translation>día de la orden</translation>
    </message>
    <message>
        <source>Valid to</source>
        <translation>Válida hasta</translation>
    </message>
    <message>
        <source>last day of the order</source>
        <translation>último día de la orden</translation>
    </message>
    <message>
        <source>Kind of order</source>
        <translation>Tipo de orden</translation>
    </message>
    <message>
        <source>kind of order</source>
        <translation>tipo de orden</translation>
    </message>
    <message>
        <source>Not said: for this patient</source>
        <translation>No se dice: para este paciente</translation>
    </message>
    <message>
        <source>At most this deep</source>
        <translation>Como máximo esta profundidad</translation>
    </message>
    <message>
        <source>deepest setting of the order</source>
        <translation>profundidad máxima de la orden</translation>
    </message>
    <message>
        <source>Sessions ordered</source>
        <translation>Sesiones ordenadas</translation>
    </message>
    <message>
        <source>sessions of the order</source>
        <translation>sesiones de la orden</translation>
    </message>
    <message>
        <source>Examiner elsewhere</source>
        <translation>Quién examinó en otro lugar</translation>
    </message>
    <message>
        <source>examiner elsewhere</source>
        <translation>quién examinó en otro lugar</translation>
    </message>
    <message>
        <source>credential of the examiner elsewhere</source>
        <translation>credencial de quien examinó en otro lugar</translation>
    </message>
    <message>
        <source>Licence number</source>
        <translation>Número de licencia</translation>
    </message>
    <message>
        <source>licence of the examiner elsewhere</source>
        <translation>licencia de quien examinó en otro lugar</translation>
    </message>
    <message>
        <source>State of the licence</source>
        <translation>Estado de la licencia</translation>
    </message>
    <message>
        <source>state of that licence</source>
        <translation>estado de esa licencia</translation>
    </message>
    <message>
        <source>Last day of the licence</source>
        <translation>Último día de la licencia</translation>
    </message>
    <message>
        <source>last day of that licence</source>
        <translation>último día de esa licencia</translation>
    </message>
    <message>
        <source>As somebody here looked it up.</source>
        <translation>Según lo consultó alguien de aquí.</translation>
    </message>
    <message>
        <source>Accepted here on</source>
        <translation>Aceptado aquí el</translation>
    </message>
    <message>
        <source>day on which the exam was accepted</source>
        <translation>día en que se aceptó el examen</translation>
    </message>
    <message>
        <source>By whoever is named as examiner above.</source>
        <translation>Por quien figura arriba como examinador.</translation>
    </message>
    <message>
        <source>The paper</source>
        <translation>El papel</translation>
    </message>
    <message>
        <source>paper of the exam</source>
        <translation>papel del examen</translation>
    </message>
    <message>
        <source>Not attached yet</source>
        <translation>Aún no adjunto</translation>
    </message>
    <message>
        <source>Services that the exam clears</source>
        <translation>Servicios que el examen autoriza</translation>
    </message>
    <message>
        <source>Areas that the exam clears</source>
        <translation>Zonas que el examen autoriza</translation>
    </message>
    <message>
        <source>Kinds of device that the exam clears</source>
        <translation>Tipos de dispositivo que el examen autoriza</translation>
    </message>
    <message>
        <source>Areas that are ordered</source>
        <translation>Zonas que se ordenan</translation>
    </message>
    <message>
        <source>Devices that are ordered</source>
        <translation>Dispositivos que se ordenan</translation>
    </message>
    <message>
        <source>Mechanical needling</source>
        <translation>Microagujas mecánicas</translation>
    </message>
    <message>
        <source>Radiofrequency needling</source>
        <translation>Microagujas con radiofrecuencia</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>device</source>
        <translation>dispositivo</translation>
    </message>
    <message>
        <source>Cartridge lot</source>
        <translation>Lote del cartucho</translation>
    </message>
    <message>
        <source>cartridge lot</source>
        <translation>lote del cartucho</translation>
    </message>
    <message>
        <source>Topical</source>
        <translation>Tópico</translation>
    </message>
    <message>
        <source>topical</source>
        <translation>tópico</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Visit began at</source>
        <translation>La visita empezó a las</translation>
    </message>
    <message>
        <source>when the visit began</source>
        <translation>cuándo empezó la visita</translation>
    </message>
    <message>
        <source>Treatment ended at</source>
        <translation>El tratamiento terminó a las</translation>
    </message>
    <message>
        <source>when the treatment ended</source>
        <translation>cuándo terminó el tratamiento</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>note</source>
        <translation>nota</translation>
    </message>
    <message>
        <source>Anything else about the visit</source>
        <translation>Algo más sobre la visita</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Zona</translation>
    </message>
    <message>
        <source>area</source>
        <translation>zona</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Lado</translation>
    </message>
    <message>
        <source>side</source>
        <translation>lado</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Profundidad</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>profundidad</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>Pasadas</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>pasadas</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Punto final</translation>
    </message>
    <message>
        <source>endpoint</source>
        <translation>punto final</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>During needling</source>
        <translation>Durante las agujas</translation>
    </message>
    <message>
        <source>After needling</source>
        <translation>Después de las agujas</translation>
    </message>
    <message>
        <source>Aftercare sheet that was given</source>
        <translation>Hoja de cuidados posteriores entregada</translation>
    </message>
    <message>
        <source>aftercare sheet</source>
        <translation>hoja de cuidados posteriores</translation>
    </message>
    <message>
        <source>None given yet</source>
        <translation>Aún no se entregó ninguna</translation>
    </message>
    <message>
        <source>Blood pressure, upper</source>
        <translation>Presión arterial, alta</translation>
    </message>
    <message>
        <source>upper blood pressure</source>
        <translation>presión alta</translation>
    </message>
    <message>
        <source>mmHg</source>
        <translation>mmHg</translation>
    </message>
    <message>
        <source>Blood pressure, lower</source>
        <translation>Presión arterial, baja</translation>
    </message>
    <message>
        <source>lower blood pressure</source>
        <translation>presión baja</translation>
    </message>
    <message>
        <source>Pulse</source>
        <translation>Pulso</translation>
    </message>
    <message>
        <source>pulse</source>
        <translation>pulso</translation>
    </message>
    <message>
        <source>a minute</source>
        <translation>por minuto</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>temperatura</translation>
    </message>
    <message>
        <source>°F</source>
        <translation>°F</translation>
    </message>
    <message>
        <source>Taken at</source>
        <translation>Tomados a las</translation>
    </message>
    <message>
        <source>when the vital signs were taken</source>
        <translation>hora de los signos vitales</translation>
    </message>
    <message>
        <source>Numbing product</source>
        <translation>Producto anestésico</translation>
    </message>
    <message>
        <source>numbing product</source>
        <translation>producto anestésico</translation>
    </message>
    <message>
        <source>Lot of the numbing product</source>
        <translation>Lote del anestésico</translation>
    </message>
    <message>
        <source>lot of the numbing product</source>
        <translation>lote del anestésico</translation>
    </message>
    <message>
        <source>Expires on</source>
        <translation>Caduca el</translation>
    </message>
    <message>
        <source>expiry of the numbing product</source>
        <translation>caducidad del anestésico</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Concentración</translation>
    </message>
    <message>
        <source>strength</source>
        <translation>concentración</translation>
    </message>
    <message>
        <source>Amount put on</source>
        <translation>Cantidad aplicada</translation>
    </message>
    <message>
        <source>amount put on</source>
        <translation>cantidad aplicada</translation>
    </message>
    <message>
        <source>g</source>
        <translation>g</translation>
    </message>
    <message>
        <source>Area covered</source>
        <translation>Superficie cubierta</translation>
    </message>
    <message>
        <source>area covered</source>
        <translation>superficie cubierta</translation>
    </message>
    <message>
        <source>cm²</source>
        <translation>cm²</translation>
    </message>
    <message>
        <source>Put on at</source>
        <translation>Aplicado a las</translation>
    </message>
    <message>
        <source>when it was put on</source>
        <translation>hora de aplicación</translation>
    </message>
    <message>
        <source>Taken off at</source>
        <translation>Retirado a las</translation>
    </message>
    <message>
        <source>when it came off</source>
        <translation>hora de retirada</translation>
    </message>
    <message>
        <source>Wiped off fully before needling</source>
        <translation>Retirado del todo antes de las agujas</translation>
    </message>
    <message>
        <source>wiped off fully</source>
        <translation>retirado del todo</translation>
    </message>
    <message>
        <source>Covered while it worked</source>
        <translation>Cubierto mientras actuaba</translation>
    </message>
    <message>
        <source>covered while it worked</source>
        <translation>cubierto mientras actuaba</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Sin indicar</translation>
    </message>
    <message>
        <source>PRP kit</source>
        <translation>Kit de PRP</translation>
    </message>
    <message>
        <source>No PRP</source>
        <translation>Sin PRP</translation>
    </message>
    <message>
        <source>Kit expires on</source>
        <translation>El kit caduca el</translation>
    </message>
    <message>
        <source>expiry of the PRP kit</source>
        <translation>caducidad del kit de PRP</translation>
    </message>
    <message>
        <source>Blood drawn at</source>
        <translation>Sangre extraída a las</translation>
    </message>
    <message>
        <source>when the blood was drawn</source>
        <translation>cuándo se extrajo la sangre</translation>
    </message>
    <message>
        <source>Drawn by</source>
        <translation>Extraída por</translation>
    </message>
    <message>
        <source>who drew the blood</source>
        <translation>quién extrajo la sangre</translation>
    </message>
    <message>
        <source>Tubes</source>
        <translation>Tubos</translation>
    </message>
    <message>
        <source>tubes</source>
        <translation>tubos</translation>
    </message>
    <message>
        <source>Blood drawn</source>
        <translation>Sangre extraída</translation>
    </message>
    <message>
        <source>blood drawn</source>
        <translation>sangre extraída</translation>
    </message>
    <message>
        <source>mL</source>
        <translation>mL</translation>
    </message>
    <message>
        <source>Anticoagulant</source>
        <translation>Anticoagulante</translation>
    </message>
    <message>
        <source>anticoagulant</source>
        <translation>anticoagulante</translation>
    </message>
    <message>
        <source>Centrifuge</source>
        <translation>Centrífuga</translation>
    </message>
    <message>
        <source>centrifuge</source>
        <translation>centrífuga</translation>
    </message>
    <message>
        <source>This patient&apos;s tubes alone in the rotor</source>
        <translation>Solo tubos de este paciente en el rotor</translation>
    </message>
    <message>
        <source>one patient in the rotor</source>
        <translation>un paciente en el rotor</translation>
    </message>
    <message>
        <source>PRP obtained</source>
        <translation>PRP obtenido</translation>
    </message>
    <message>
        <source>Colour of the PRP</source>
        <translation>Color del PRP</translation>
    </message>
    <message>
        <source>colour of the PRP</source>
        <translation>color del PRP</translation>
    </message>
    <message>
        <source>Platelets</source>
        <translation>Plaquetas</translation>
    </message>
    <message>
        <source>platelets</source>
        <translation>plaquetas</translation>
    </message>
    <message>
        <source>per µL</source>
        <translation>por µL</translation>
    </message>
    <message>
        <source>Activator</source>
        <translation>Activador</translation>
    </message>
    <message>
        <source>activator</source>
        <translation>activador</translation>
    </message>
    <message>
        <source>Empty where it was not activated.</source>
        <translation>Vacío si no se activó.</translation>
    </message>
    <message>
        <source>PRP applied at</source>
        <translation>PRP aplicado a las</translation>
    </message>
    <message>
        <source>when the PRP was applied</source>
        <translation>cuándo se aplicó el PRP</translation>
    </message>
    <message>
        <source>Applied by</source>
        <translation>Aplicado por</translation>
    </message>
    <message>
        <source>who applied the PRP</source>
        <translation>quién aplicó el PRP</translation>
    </message>
    <message>
        <source>What was left over is discarded</source>
        <translation>Sobrante desechado</translation>
    </message>
    <message>
        <source>leftover discarded</source>
        <translation>sobrante desechado</translation>
    </message>
    <message>
        <source>Last name on the tube</source>
        <translation>Apellido en el tubo</translation>
    </message>
    <message>
        <source>last name on the tube</source>
        <translation>apellido en el tubo</translation>
    </message>
    <message>
        <source>First name on the tube</source>
        <translation>Nombre en el tubo</translation>
    </message>
    <message>
        <source>first name on the tube</source>
        <translation>nombre en el tubo</translation>
    </message>
    <message>
        <source>Date of birth on the tube</source>
        <translation>Fecha de nacimiento en el tubo</translation>
    </message>
    <message>
        <source>date of birth on the tube</source>
        <translation>fecha de nacimiento en el tubo</translation>
    </message>
    <message>
        <source>Time on the tube</source>
        <translation>Hora en el tubo</translation>
    </message>
    <message>
        <source>time on the tube</source>
        <translation>hora en el tubo</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>velocidad</translation>
    </message>
    <message>
        <source>rpm</source>
        <translation>rpm</translation>
    </message>
    <message>
        <source>Rotor radius</source>
        <translation>Radio del rotor</translation>
    </message>
    <message>
        <source>rotor radius</source>
        <translation>radio del rotor</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>cm</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tiempo</translation>
    </message>
    <message>
        <source>time</source>
        <translation>tiempo</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>when the spin was begun</source>
        <translation>inicio del giro</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Por</translation>
    </message>
    <message>
        <source>who spun it</source>
        <translation>quién lo centrifugó</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Cantidad</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>cantidad</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Uso</translation>
    </message>
    <message>
        <source>when it was used</source>
        <translation>cuándo se usó</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Patrón</translation>
    </message>
    <message>
        <source>pattern</source>
        <translation>patrón</translation>
    </message>
    <message>
        <source>Bleeding</source>
        <translation>Sangrado</translation>
    </message>
    <message>
        <source>bleeding</source>
        <translation>sangrado</translation>
    </message>
    <message>
        <source>Pain, 0 to 10</source>
        <translation>Dolor, 0 a 10</translation>
    </message>
    <message>
        <source>pain</source>
        <translation>dolor</translation>
    </message>
    <message>
        <source>Begun at</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>when the area was begun</source>
        <translation>inicio de la zona</translation>
    </message>
    <message>
        <source>Done at</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>when the area was done</source>
        <translation>fin de la zona</translation>
    </message>
    <message>
        <source>What is seen</source>
        <translation>Qué se ve</translation>
    </message>
    <message>
        <source>what is seen</source>
        <translation>qué se ve</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Otra cosa</translation>
    </message>
    <message>
        <source>Identity, treatment wanted, note</source>
        <translation>Identidad, tratamiento deseado, nota</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>No se sabe</translation>
    </message>
    <message>
        <source>Commas between. Empty: not known.</source>
        <translation>Con comas. Vacío: no se sabe.</translation>
    </message>
    <message>
        <source>One a line.</source>
        <translation>Uno por línea.</translation>
    </message>
    <message>
        <source>One a line: before, after or follow_up | what is seen.</source>
        <translation>Uno por línea: before, after o follow_up | qué se ve.</translation>
    </message>
    <message>
        <source>One a line: hours after | call, message, visit or photo | for whom or nothing | source | confidence.</source>
        <translation>Uno por línea: horas después | call, message, visit o photo | para quién o nada | fuente | confianza.</translation>
    </message>
    <message>
        <source>One a line: what it says | where | size or nothing | last seen there or nothing | source | confidence.</source>
        <translation>Uno por línea: qué dice | dónde | tamaño o nada | último día visto o nada | fuente | confianza.</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Seguimiento</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>A reason is needed under</source>
        <translation>Hace falta un motivo por debajo de</translation>
    </message>
    <message>
        <source>The director decides under</source>
        <translation>Decide la dirección por debajo de</translation>
    </message>
    <message>
        <source>Slowest setting</source>
        <translation>Ajuste más lento</translation>
    </message>
    <message>
        <source>Fastest setting</source>
        <translation>Ajuste más rápido</translation>
    </message>
    <message>
        <source>Sessions in a series</source>
        <translation>Sesiones de una serie</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Asepsis</source>
        <translation>Asepsia</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>Fotografías</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>Qué se hace</translation>
    </message>
    <message>
        <source>What to expect</source>
        <translation>Qué esperar</translation>
    </message>
    <message>
        <source>Risks</source>
        <translation>Riesgos</translation>
    </message>
    <message>
        <source>Benefits</source>
        <translation>Beneficios</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>Alternativas</translation>
    </message>
    <message>
        <source>Who should not have it</source>
        <translation>Quién no debe recibirlo</translation>
    </message>
    <message>
        <source>Aftercare</source>
        <translation>Cuidados posteriores</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Preguntas</translation>
    </message>
    <message>
        <source>Who performs it</source>
        <translation>Quién lo realiza</translation>
    </message>
    <message>
        <source>Delegation</source>
        <translation>Delegación</translation>
    </message>
    <message>
        <source>Use off the label</source>
        <translation>Uso fuera de la etiqueta</translation>
    </message>
    <message>
        <source>The patient&apos;s own blood</source>
        <translation>La sangre del propio paciente</translation>
    </message>
    <message>
        <source>Signing on a screen</source>
        <translation>Firma en pantalla</translation>
    </message>
    <message>
        <source>Numbing</source>
        <translation>Anestésico</translation>
    </message>
    <message>
        <source>Interpreter</source>
        <translation>Intérprete</translation>
    </message>
    <message>
        <source>Before the treatment</source>
        <translation>Antes del tratamiento</translation>
    </message>
    <message>
        <source>After the treatment</source>
        <translation>Después del tratamiento</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>State, two letters</source>
        <translation>Estado, dos letras</translation>
    </message>
    <message>
        <source>In force from</source>
        <translation>En vigor desde</translation>
    </message>
    <message>
        <source>To be looked at again by</source>
        <translation>Por revisar antes de</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Aviso</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servicio</translation>
    </message>
    <message>
        <source>Consent form</source>
        <translation>Formulario de consentimiento</translation>
    </message>
    <message>
        <source>Sheet about preparing</source>
        <translation>Hoja de preparación</translation>
    </message>
    <message>
        <source>Its name. Empty: any approved one for the service.</source>
        <translation>Su nombre. Vacío: cualquiera aprobada para el servicio.</translation>
    </message>
    <message>
        <source>Aftercare sheet</source>
        <translation>Hoja de cuidados posteriores</translation>
    </message>
    <message>
        <source>Its name. Empty: the one that the program brings.</source>
        <translation>Su nombre. Vacío: la que trae el programa.</translation>
    </message>
    <message>
        <source>Class of device</source>
        <translation>Clase de dispositivo</translation>
    </message>
    <message>
        <source>Commas between.</source>
        <translation>Con comas.</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>Cartridges</source>
        <translation>Cartuchos</translation>
    </message>
    <message>
        <source>Performers&apos; credentials</source>
        <translation>Credenciales de quien trata</translation>
    </message>
    <message>
        <source>Topicals</source>
        <translation>Tópicos</translation>
    </message>
    <message>
        <source>Numbing products</source>
        <translation>Productos anestésicos</translation>
    </message>
    <message>
        <source>Used off their label</source>
        <translation>Usados fuera de su etiqueta</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Supervisión</translation>
    </message>
    <message>
        <source>Named providers</source>
        <translation>Profesionales nombrados</translation>
    </message>
    <message>
        <source>One a line: user name | first day | last day or nothing. Empty: everybody of the credentials.</source>
        <translation>Uno por línea: usuario | primer día | último día o nada. Vacío: todos los de las credenciales.</translation>
    </message>
    <message>
        <source>Source of the credentials</source>
        <translation>Fuente de las credenciales</translation>
    </message>
    <message>
        <source>Source of the supervision</source>
        <translation>Fuente de la supervisión</translation>
    </message>
    <message>
        <source>Source of the topicals</source>
        <translation>Fuente de los tópicos</translation>
    </message>
    <message>
        <source>Source of what is off-label</source>
        <translation>Fuente de lo que está fuera de etiqueta</translation>
    </message>
    <message>
        <source>Source of the numbing products</source>
        <translation>Fuente de los productos anestésicos</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confianza</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fuente</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Características</translation>
    </message>
    <message>
        <source>The director is told within</source>
        <translation>Se avisa a la dirección en</translation>
    </message>
    <message>
        <source>The record is held</source>
        <translation>El expediente se retiene</translation>
    </message>
    <message>
        <source>May examine</source>
        <translation>Puede examinar</translation>
    </message>
    <message>
        <source>May order</source>
        <translation>Puede ordenar</translation>
    </message>
    <message>
        <source>May draw blood</source>
        <translation>Puede extraer sangre</translation>
    </message>
    <message>
        <source>Needs basic life support</source>
        <translation>Necesita soporte vital básico</translation>
    </message>
    <message>
        <source>Performs</source>
        <translation>Hace</translation>
    </message>
    <message>
        <source>The director signs beside it</source>
        <translation>La dirección firma además</translation>
    </message>
    <message>
        <source>Signs beside it within</source>
        <translation>Firma además en</translation>
    </message>
    <message>
        <source>The supervisor is there within</source>
        <translation>La supervisión llega en</translation>
    </message>
    <message>
        <source>The supervisor is no further than</source>
        <translation>La supervisión está a no más de</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>Credencial</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
    <message>
        <source>Deepest without supervision</source>
        <translation>Lo más profundo sin supervisión</translation>
    </message>
    <message>
        <source>Deepest under supervision</source>
        <translation>Lo más profundo con supervisión</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Formación</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Plazo</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>May be passed by</source>
        <translation>Puede dejarlo pasar</translation>
    </message>
    <message>
        <source>Usual from</source>
        <translation>Habitual desde</translation>
    </message>
    <message>
        <source>Usual to</source>
        <translation>Habitual hasta</translation>
    </message>
    <message>
        <source>The director above</source>
        <translation>La dirección por encima de</translation>
    </message>
    <message>
        <source>Never above</source>
        <translation>Nunca por encima de</translation>
    </message>
    <message>
        <source>Usual passes</source>
        <translation>Pasadas habituales</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>Sección</translation>
    </message>
    <message>
        <source>Title, English</source>
        <translation>Título, inglés</translation>
    </message>
    <message>
        <source>Title, Spanish</source>
        <translation>Título, español</translation>
    </message>
    <message>
        <source>Notice to the director, English</source>
        <translation>Aviso para la dirección, inglés</translation>
    </message>
    <message>
        <source>Notice to the director, Spanish</source>
        <translation>Aviso para la dirección, español</translation>
    </message>
    <message>
        <source>Heading, English</source>
        <translation>Encabezado, inglés</translation>
    </message>
    <message>
        <source>Heading, Spanish</source>
        <translation>Encabezado, español</translation>
    </message>
    <message>
        <source>Words, English</source>
        <translation>Texto, inglés</translation>
    </message>
    <message>
        <source>Words, Spanish</source>
        <translation>Texto, español</translation>
    </message>
    <message>
        <source>Source, English</source>
        <translation>Fuente, inglés</translation>
    </message>
    <message>
        <source>Source, Spanish</source>
        <translation>Fuente, español</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Servicios</translation>
    </message>
    <message>
        <source>Commas between. Empty: for every service.</source>
        <translation>Separe con comas. Vacío: para todos los servicios.</translation>
    </message>
    <message>
        <source>Asks for besides</source>
        <translation>Pide además</translation>
    </message>
    <message>
        <source>Addendum for the patient&apos;s own blood</source>
        <translation>Anexo para la sangre del propio paciente</translation>
    </message>
    <message>
        <source>Addendum for photographs</source>
        <translation>Anexo para las fotografías</translation>
    </message>
    <message>
        <source>Part of a consent</source>
        <translation>Parte del consentimiento</translation>
    </message>
</context>
<context>
    <name>log</name>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>Who looked</source>
        <translation>Consultas</translation>
    </message>
</context>
<context>
    <name>said</name>
    <message>
        <source>The user name or the password is not right. Nothing was changed. Check that Caps Lock is off and try again.</source>
        <translation>El nombre de usuario o la contraseña no es correcto. Nada cambió. Compruebe que Bloq Mayús esté apagado y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>This visit was changed elsewhere a moment ago. What you typed is still here. Look at the newer version, then save again.</source>
        <translation>Esta visita se cambió en otro lugar hace un momento. Lo que usted escribió sigue aquí. Mire la versión más nueva y guarde otra vez.</translation>
    </message>
    <message>
        <source>These details were changed elsewhere a moment ago. Nothing was stored, and what you typed is still here. Look at the newer details, then save again.</source>
        <translation>Estos datos se cambiaron en otro lugar hace un momento. Nada se guardó, y lo que usted escribió sigue aquí. Mire los datos más nuevos y guarde otra vez.</translation>
    </message>
    <message>
        <source>Too many wrong passwords were typed for this user name, so it is closed. Nothing was changed. Use the personal recovery code, or ask an administrator for a reset.</source>
        <translation>Se escribieron demasiadas contraseñas incorrectas para este nombre de usuario, así que está cerrado. Nada cambió. Use el código de recuperación personal o pida a la administración un restablecimiento.</translation>
    </message>
    <message>
        <source>Too many wrong passwords were typed. This one was not looked at and nothing was changed. Wait {wait_s} {part2}, then try again.</source>
        <translation>Se escribieron demasiadas contraseñas incorrectas. Esta no se miró y nada cambió. Espere {wait_s} {part2} y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>second</source>
        <translation>segundo</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>segundos</translation>
    </message>
    <message>
        <source>This indication stands twice.</source>
        <translation>Esta indicación aparece dos veces.</translation>
    </message>
    <message>
        <source>This lesion is named twice in one area.</source>
        <translation>Esta lesión se nombra dos veces en una zona.</translation>
    </message>
    <message>
        <source>Without last_on nobody can count these days. Add it to answers, or write null.</source>
        <translation>Sin last_on nadie puede contar estos días. Añádalo a answers o escriba null.</translation>
    </message>
    <message>
        <source>The label cannot have evaluated more than the device reaches, {part1} mm.</source>
        <translation>La etiqueta no puede haber evaluado más de lo que alcanza el dispositivo, {part1} mm.</translation>
    </message>
    <message>
        <source>This item is answered twice.</source>
        <translation>Esta pregunta está contestada dos veces.</translation>
    </message>
    <message>
        <source>This warning is given two reasons.</source>
        <translation>Esta advertencia tiene dos motivos.</translation>
    </message>
    <message>
        <source>The order ends before it begins.</source>
        <translation>La orden termina antes de empezar.</translation>
    </message>
    <message>
        <source>It came off before it went on.</source>
        <translation>Se quitó antes de ponerse.</translation>
    </message>
    <message>
        <source>It was applied before it was drawn.</source>
        <translation>Se aplicó antes de extraerse.</translation>
    </message>
    <message>
        <source>This item stands twice.</source>
        <translation>Esta pregunta aparece dos veces.</translation>
    </message>
    <message>
        <source>Only a precaution may be passed by the performer. Write director or nobody.</source>
        <translation>Solo una precaución puede permitirla quien trata. Escriba director o nobody.</translation>
    </message>
    <message>
        <source>This area stands twice.</source>
        <translation>Esta zona aparece dos veces.</translation>
    </message>
    <message>
        <source>This is less than interval_block_days, {block} days.</source>
        <translation>Es menos que interval_block_days, {block} días.</translation>
    </message>
    <message>
        <source>This user name is given twice.</source>
        <translation>Este nombre de usuario está dado dos veces.</translation>
    </message>
    <message>
        <source>This device stands twice.</source>
        <translation>Este dispositivo aparece dos veces.</translation>
    </message>
    <message>
        <source>This lot stands twice.</source>
        <translation>Este lote aparece dos veces.</translation>
    </message>
    <message>
        <source>This authorisation stands twice.</source>
        <translation>Esta autorización aparece dos veces.</translation>
    </message>
    <message>
        <source>The licence ends before it begins.</source>
        <translation>La licencia termina antes de empezar.</translation>
    </message>
    <message>
        <source>The end lies before the start.</source>
        <translation>El final es anterior al comienzo.</translation>
    </message>
    <message>
        <source>The record answers this item, so nobody is asked. Leave it out.</source>
        <translation>El expediente responde a este punto, así que no se pregunta a nadie. Quítelo.</translation>
    </message>
    <message>
        <source>Yes, no and unknown can always be answered. Name all three.</source>
        <translation>Siempre se puede responder yes, no y unknown. Nombre las tres.</translation>
    </message>
    <message>
        <source>The last day lies before the first.</source>
        <translation>El último día es anterior al primero.</translation>
    </message>
    <message>
        <source>Inside the orbital rim is never needled, by no protocol.</source>
        <translation>Dentro del borde de la órbita nunca se usan agujas, con ningún protocolo.</translation>
    </message>
    <message>
        <source>The staff list has no director of this name.</source>
        <translation>En la lista del personal no hay dirección médica con este nombre.</translation>
    </message>
    <message>
        <source>This is less than {lower}, {part2} mm.</source>
        <translation>Es menos que {lower}, {part2} mm.</translation>
    </message>
    <message>
        <source>{place}: at most {limit_mm} mm by {words}</source>
        <translation>{place}: como máximo {limit_mm} mm por {words}</translation>
    </message>
    <message>
        <source>{place}: no limit is known yet.</source>
        <translation>{place}: todavía no se conoce ningún límite.</translation>
    </message>
    <message>
        <source>; the device goes to {limit_mm} mm</source>
        <translation>; el dispositivo llega a {limit_mm} mm</translation>
    </message>
    <message>
        <source>{place}: inside the orbital rim is never needled.</source>
        <translation>{place}: dentro del borde de la órbita nunca se usan agujas.</translation>
    </message>
    <message>
        <source>{place}: {depth_mm} mm is deeper than the {label_depth_mm} mm that the device&apos;s label evaluated.</source>
        <translation>{place}: {depth_mm} mm es más profundo que los {label_depth_mm} mm que evaluó la etiqueta del dispositivo.</translation>
    </message>
    <message>
        <source>{place}: {depth_mm} mm needs the director above {acknowledge_above_mm} mm by {protocol_words}.</source>
        <translation>{place}: {depth_mm} mm necesita a la dirección por encima de {acknowledge_above_mm} mm según {protocol_words}.</translation>
    </message>
    <message>
        <source>{place}: {depth_mm} mm is outside the usual {soft_min_mm} to {soft_max_mm} mm of {protocol_words}.</source>
        <translation>{place}: {depth_mm} mm está fuera de lo habitual, de {soft_min_mm} a {soft_max_mm} mm según {protocol_words}.</translation>
    </message>
    <message>
        <source>{place}: {protocol_words} does not cover this area.</source>
        <translation>{place}: {protocol_words} no incluye esta zona.</translation>
    </message>
    <message>
        <source>{place}: {depth_mm} mm is over {words}, {limit_mm} mm.</source>
        <translation>{place}: {depth_mm} mm supera {words}, {limit_mm} mm.</translation>
    </message>
    <message>
        <source>the device&apos;s mechanical maximum</source>
        <translation>el máximo mecánico del dispositivo</translation>
    </message>
    <message>
        <source>the cartridge&apos;s needle length</source>
        <translation>el largo de aguja del cartucho</translation>
    </message>
    <message>
        <source>the hard limit of {protocol_words}</source>
        <translation>el límite absoluto de {protocol_words}</translation>
    </message>
    <message>
        <source>the performer&apos;s own ceiling</source>
        <translation>el límite propio de quien trata</translation>
    </message>
    <message>
        <source>Write a reason to go on: {message}</source>
        <translation>Escriba un motivo para seguir: {message}</translation>
    </message>
    <message>
        <source>Authorised by {director}, on file as {authorisation_id}.</source>
        <translation>Autorizado por {director}, archivado como {authorisation_id}.</translation>
    </message>
    <message>
        <source>No policy that the director approved was in force that day.</source>
        <translation>Ese día no estaba en vigor ninguna política aprobada por la dirección.</translation>
    </message>
    <message>
        <source>No protocol for this service that the director approved was in force that day.</source>
        <translation>Ese día no estaba en vigor ningún protocolo para este servicio aprobado por la dirección.</translation>
    </message>
    <message>
        <source>PRP on needled skin is off-label: the device&apos;s label excludes delivering biologics.</source>
        <translation>PRP sobre piel con punciones está fuera de indicación: la etiqueta del dispositivo excluye aplicar productos biológicos.</translation>
    </message>
    <message>
        <source>The performer is not on the clinic&apos;s staff.</source>
        <translation>Quien trata no está en el personal de la clínica.</translation>
    </message>
    <message>
        <source>{name}: no licence valid on {day}.</source>
        <translation>{name}: ninguna licencia válida el {day}.</translation>
    </message>
    <message>
        <source>{who} may not perform under {words}.</source>
        <translation>{who} no puede tratar según {words}.</translation>
    </message>
    <message>
        <source>{who}: the policy lets this credential perform no microneedling.</source>
        <translation>{who}: la política no permite a esta credencial hacer microagujas.</translation>
    </message>
    <message>
        <source>Nobody supervises their own treatment. Name another person, or leave it empty.</source>
        <translation>Nadie supervisa su propio tratamiento. Nombre a otra persona o déjelo vacío.</translation>
    </message>
    <message>
        <source>Off-label by age: the device&apos;s label starts at {minimum_age} years.</source>
        <translation>Fuera de indicación por edad: la etiqueta del dispositivo empieza a los {minimum_age} años.</translation>
    </message>
    <message>
        <source>Choose what is treated, so that the device&apos;s label can be compared.</source>
        <translation>Elija qué se trata, para poder compararlo con la etiqueta del dispositivo.</translation>
    </message>
    <message>
        <source>Off-label by indication: the device&apos;s clearance does not name it.</source>
        <translation>Fuera de indicación: la autorización del dispositivo no la nombra.</translation>
    </message>
    <message>
        <source> under supervision</source>
        <translation> con supervisión</translation>
    </message>
    <message>
        <source> without a named supervisor</source>
        <translation> sin supervisión nombrada</translation>
    </message>
    <message>
        <source>{title} does not name {name} as a provider{when}.</source>
        <translation>{title} no nombra a {name} como profesional{when}.</translation>
    </message>
    <message>
        <source>{who}: the policy lets this credential perform no PRP.</source>
        <translation>{who}: la política no permite a esta credencial hacer PRP.</translation>
    </message>
    <message>
        <source>Whoever is named as supervisor may not examine under the clinic&apos;s policy.</source>
        <translation>Quien figura como supervisión no puede examinar según la política de la clínica.</translation>
    </message>
    <message>
        <source>Off-label by phototype: the device&apos;s clearance does not cover it for this indication.</source>
        <translation>Fuera de indicación por fototipo: la autorización del dispositivo no lo incluye para esta indicación.</translation>
    </message>
    <message>
        <source>{place}: the policy does not let {credential} treat this area.</source>
        <translation>{place}: la política no permite a {credential} tratar esta zona.</translation>
    </message>
    <message>
        <source>the policy&apos;s ceiling for {credential}{part2}</source>
        <translation>el máximo de la política para {credential}{part2}</translation>
    </message>
    <message>
        <source>The consent is not signed.</source>
        <translation>El consentimiento no está firmado.</translation>
    </message>
    <message>
        <source>The consent names a text that the director has not approved.</source>
        <translation>El consentimiento nombra un texto que la dirección no ha aprobado.</translation>
    </message>
    <message>
        <source>{title} asks for another consent form.</source>
        <translation>{title} pide otro formulario de consentimiento.</translation>
    </message>
    <message>
        <source>A newer consent text, version {newest}, is in force. Have that one signed.</source>
        <translation>Está en vigor un texto de consentimiento más nuevo, versión {newest}. Haga firmar ese.</translation>
    </message>
    <message>
        <source>The consent was signed after the visit.</source>
        <translation>El consentimiento se firmó después de la visita.</translation>
    </message>
    <message>
        <source>The consent is {age_days} days old; the policy accepts {consent_valid_days}.</source>
        <translation>El consentimiento tiene {age_days} días; la política acepta {consent_valid_days}.</translation>
    </message>
    <message>
        <source>The signed text is not the approved one, word for word.</source>
        <translation>El texto firmado no es el aprobado, palabra por palabra.</translation>
    </message>
    <message>
        <source>That consent text is in force from {effective_on} only.</source>
        <translation>Ese texto de consentimiento solo está en vigor desde el {effective_on}.</translation>
    </message>
    <message>
        <source>The consent was signed after the treatment had begun.</source>
        <translation>El consentimiento se firmó cuando el tratamiento ya había empezado.</translation>
    </message>
    <message>
        <source>There is no signed consent.</source>
        <translation>No hay ningún consentimiento firmado.</translation>
    </message>
    <message>
        <source>in person</source>
        <translation>en persona</translation>
    </message>
    <message>
        <source>by video</source>
        <translation>por video</translation>
    </message>
    <message>
        <source>The policy accepts no exam that was done {modality_words}.</source>
        <translation>La política no acepta un examen hecho {modality_words}.</translation>
    </message>
    <message>
        <source>The examiner&apos;s credential does not entitle to examine under the clinic&apos;s policy.</source>
        <translation>La credencial de quien examinó no le permite examinar según la política de la clínica.</translation>
    </message>
    <message>
        <source>The order is valid from {ordered_on} to {valid_to}, not on the day of the visit.</source>
        <translation>La orden es válida del {ordered_on} al {valid_to}, no el día de la visita.</translation>
    </message>
    <message>
        <source>The order of {ordered_on} is {age_days} days old; the policy accepts {most_days}.</source>
        <translation>La orden del {ordered_on} tiene {age_days} días; la política acepta {most_days}.</translation>
    </message>
    <message>
        <source>Whoever ordered the treatment was not entitled to on that day.</source>
        <translation>Quien ordenó el tratamiento no tenía derecho a hacerlo ese día.</translation>
    </message>
    <message>
        <source>The exam of {examined_on} is {age_days} days old; the policy accepts {exam_valid_days}.</source>
        <translation>El examen del {examined_on} tiene {age_days} días; la política acepta {exam_valid_days}.</translation>
    </message>
    <message>
        <source>There is no good faith exam on file.</source>
        <translation>No hay ningún examen de buena fe archivado.</translation>
    </message>
    <message>
        <source>There is no order for this treatment.</source>
        <translation>No hay ninguna orden para este tratamiento.</translation>
    </message>
    <message>
        <source>The Fitzpatrick phototype is not recorded.</source>
        <translation>El fototipo de Fitzpatrick no está registrado.</translation>
    </message>
    <message>
        <source>The exam lies after the visit.</source>
        <translation>El examen es posterior a la visita.</translation>
    </message>
    <message>
        <source>Last session {last_on}, {days}.</source>
        <translation>Última sesión {last_on}, {days}.</translation>
    </message>
    <message>
        <source>The last session lies after this visit. Correct one of the dates.</source>
        <translation>La última sesión es posterior a esta visita. Corrija una de las fechas.</translation>
    </message>
    <message>
        <source>{said} {title} asks for at least {interval_block_days} days.</source>
        <translation>{said} {title} pide al menos {interval_block_days} días.</translation>
    </message>
    <message>
        <source>{said} {title} expects {interval_warn_days} days.</source>
        <translation>{said} {title} espera {interval_warn_days} días.</translation>
    </message>
    <message>
        <source>Confirm who this is: ask for the full name and the date of birth.</source>
        <translation>Confirme quién es: pregunte el nombre completo y la fecha de nacimiento.</translation>
    </message>
    <message>
        <source>This person is recorded as deceased before the visit. Correct it on the patient&apos;s page.</source>
        <translation>Esta persona figura como fallecida antes de la visita. Corríjalo en la página del paciente.</translation>
    </message>
    <message>
        <source>The date of birth is not on record. Enter it on the patient&apos;s page.</source>
        <translation>La fecha de nacimiento no está registrada. Escríbala en la página del paciente.</translation>
    </message>
    <message>
        <source>The date of birth lies after the visit. Correct it on the patient&apos;s page.</source>
        <translation>La fecha de nacimiento es posterior a la visita. Corríjala en la página del paciente.</translation>
    </message>
    <message>
        <source>The policy asks for an age of {least} years or more.</source>
        <translation>La política pide una edad de {least} años o más.</translation>
    </message>
    <message>
        <source>{name}: {strength_percent} % is over the policy&apos;s {max_percent} %.</source>
        <translation>{name}: {strength_percent} % pasa del {max_percent} % de la política.</translation>
    </message>
    <message>
        <source>{name}: {amount_g} g on {area_cm2} cm2; the policy&apos;s limit is {most_g} g there.</source>
        <translation>{name}: {amount_g} g en {area_cm2} cm2; ahí el límite de la política es {most_g} g.</translation>
    </message>
    <message>
        <source>{name}: {area_cm2} cm2 is more than the policy&apos;s {max_area_cm2} cm2.</source>
        <translation>{name}: {area_cm2} cm2 es más que los {max_area_cm2} cm2 de la política.</translation>
    </message>
    <message>
        <source>{name} is not on the list of numbing products of {words}.</source>
        <translation>{name} no está en la lista de productos anestésicos de {words}.</translation>
    </message>
    <message>
        <source>{said} The policy asks for at least {block} days.</source>
        <translation>{said} La política pide al menos {block} días.</translation>
    </message>
    <message>
        <source>{said} The policy expects {warn} days.</source>
        <translation>{said} La política espera {warn} días.</translation>
    </message>
    <message>
        <source>{name}: on for {minutes} minutes; the policy&apos;s limit is {max_minutes}.</source>
        <translation>{name}: puesto {minutes} minutos; el límite de la política es {max_minutes}.</translation>
    </message>
    <message>
        <source>the policy</source>
        <translation>la política</translation>
    </message>
    <message>
        <source>The cartridge lot {lot}</source>
        <translation>El lote de cartuchos {lot}</translation>
    </message>
    <message>
        <source>{title} does not name this device.</source>
        <translation>{title} no nombra este dispositivo.</translation>
    </message>
    <message>
        <source>The cartridge&apos;s expiry date is not known.</source>
        <translation>No se conoce la fecha de vencimiento del cartucho.</translation>
    </message>
    <message>
        <source>The cartridge&apos;s needle length is not known.</source>
        <translation>No se conoce el largo de aguja del cartucho.</translation>
    </message>
    <message>
        <source>This cartridge is recorded as used before. A cartridge is for one session.</source>
        <translation>Este cartucho figura como ya usado. Un cartucho es para una sola sesión.</translation>
    </message>
    <message>
        <source>The PRP kit&apos;s expiry date is not known.</source>
        <translation>No se conoce la fecha de vencimiento del kit de PRP.</translation>
    </message>
    <message>
        <source>The PRP kit lot {lot}</source>
        <translation>El lote del kit de PRP {lot}</translation>
    </message>
    <message>
        <source>{words} expired on {known}.</source>
        <translation>{words} venció el {known}.</translation>
    </message>
    <message>
        <source>The device is not in the clinic&apos;s register.</source>
        <translation>El dispositivo no está en el registro de la clínica.</translation>
    </message>
    <message>
        <source>Anaesthetic {name}</source>
        <translation>Anestésico {name}</translation>
    </message>
    <message>
        <source>{name} is not on the list of {words}.</source>
        <translation>{name} no está en la lista de {words}.</translation>
    </message>
    <message>
        <source>No device is chosen.</source>
        <translation>No se eligió ningún dispositivo.</translation>
    </message>
    <message>
        <source>No cartridge is recorded.</source>
        <translation>No se registró ningún cartucho.</translation>
    </message>
    <message>
        <source>The device is quarantined.</source>
        <translation>El dispositivo está en cuarentena.</translation>
    </message>
    <message>
        <source>the phone number</source>
        <translation>el número de teléfono</translation>
    </message>
    <message>
        <source>the email address</source>
        <translation>el correo electrónico</translation>
    </message>
    <message>
        <source>The record number is the same, although the name and the birth date differ.</source>
        <translation>El número de expediente es el mismo, aunque el nombre y la fecha de nacimiento son distintos.</translation>
    </message>
    <message>
        <source>The birth date is the same and {words}.</source>
        <translation>La fecha de nacimiento es la misma y {words}.</translation>
    </message>
    <message>
        <source>The name and {contact} are the same and the birth dates differ as by a slip.</source>
        <translation>El nombre y {contact} son los mismos y las fechas de nacimiento se distinguen como por un descuido.</translation>
    </message>
    <message>
        <source>One birth date is missing; {contact} is the same and {words}.</source>
        <translation>Falta una fecha de nacimiento; {contact} es el mismo y {words}.</translation>
    </message>
    <message>
        <source>The name is the same and nothing else is known that could tell two people apart.</source>
        <translation>El nombre es el mismo y no se sabe nada más que pueda distinguir a dos personas.</translation>
    </message>
    <message>
        <source>the name is the same</source>
        <translation>el nombre es el mismo</translation>
    </message>
    <message>
        <source>the last names differ by a letter or two</source>
        <translation>los apellidos se distinguen en una o dos letras</translation>
    </message>
    <message>
        <source>one name has a part that the other leaves out</source>
        <translation>un nombre tiene una parte que el otro omite</translation>
    </message>
    <message>
        <source>the names differ by a letter or two</source>
        <translation>los nombres se distinguen en una o dos letras</translation>
    </message>
    <message>
        <source>The record number is the same.</source>
        <translation>El número de expediente es el mismo.</translation>
    </message>
    <message>
        <source>The first name, the birth date and {contact} are the same; the last names differ.</source>
        <translation>El nombre, la fecha de nacimiento y {contact} son los mismos; los apellidos son distintos.</translation>
    </message>
    <message>
        <source>The birth date and {contact} are the same; both names differ by a letter or two.</source>
        <translation>La fecha de nacimiento y {contact} son los mismos; los dos nombres se distinguen en una o dos letras.</translation>
    </message>
    <message>
        <source>the first names differ by a letter or two</source>
        <translation>los nombres de pila se distinguen en una o dos letras</translation>
    </message>
    <message>
        <source>one first name is an initial of the other</source>
        <translation>un nombre de pila es la inicial del otro</translation>
    </message>
    <message>
        <source>Allergy</source>
        <translation>Alergia</translation>
    </message>
    <message>
        <source>Medicine</source>
        <translation>Medicamento</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Enfermedad</translation>
    </message>
    <message>
        <source>Told by the patient</source>
        <translation>Lo dice el paciente</translation>
    </message>
    <message>
        <source>From the prescriber</source>
        <translation>De quien lo recetó</translation>
    </message>
    <message>
        <source>From an earlier record</source>
        <translation>De un expediente anterior</translation>
    </message>
    <message>
        <source>Seen by staff</source>
        <translation>Visto por el personal</translation>
    </message>
    <message>
        <source>Lidocaine</source>
        <translation>Lidocaína</translation>
    </message>
    <message>
        <source>Tetracaine, benzocaine or PABA</source>
        <translation>Tetracaína, benzocaína o PABA</translation>
    </message>
    <message>
        <source>Prilocaine</source>
        <translation>Prilocaína</translation>
    </message>
    <message>
        <source>Stainless steel or nickel</source>
        <translation>Acero inoxidable o níquel</translation>
    </message>
    <message>
        <source>Latex</source>
        <translation>Látex</translation>
    </message>
    <message>
        <source>Chlorhexidine</source>
        <translation>Clorhexidina</translation>
    </message>
    <message>
        <source>Iodine or povidone</source>
        <translation>Yodo o povidona</translation>
    </message>
    <message>
        <source>Penicillin</source>
        <translation>Penicilina</translation>
    </message>
    <message>
        <source>Adhesive tape</source>
        <translation>Cinta adhesiva</translation>
    </message>
    <message>
        <source>Isotretinoin</source>
        <translation>Isotretinoína</translation>
    </message>
    <message>
        <source>Tretinoin, adapalene or retinol</source>
        <translation>Tretinoína, adapaleno o retinol</translation>
    </message>
    <message>
        <source>Warfarin</source>
        <translation>Warfarina</translation>
    </message>
    <message>
        <source>Apixaban, rivaroxaban or dabigatran</source>
        <translation>Apixabán, rivaroxabán o dabigatrán</translation>
    </message>
    <message>
        <source>Heparin</source>
        <translation>Heparina</translation>
    </message>
    <message>
        <source>Clopidogrel or another antiplatelet</source>
        <translation>Clopidogrel u otro antiplaquetario</translation>
    </message>
    <message>
        <source>Ibuprofen, naproxen or similar</source>
        <translation>Ibuprofeno, naproxeno o parecido</translation>
    </message>
    <message>
        <source>Fish oil, vitamin E, ginkgo or St John&apos;s wort</source>
        <translation>Aceite de pescado, vitamina E, ginkgo o hierba de San Juan</translation>
    </message>
    <message>
        <source>Steroid by mouth</source>
        <translation>Esteroide por vía oral</translation>
    </message>
    <message>
        <source>Methotrexate or another immunosuppressant</source>
        <translation>Metotrexato u otro inmunosupresor</translation>
    </message>
    <message>
        <source>Flecainide, mexiletine or disopyramide</source>
        <translation>Flecainida, mexiletina o disopiramida</translation>
    </message>
    <message>
        <source>Doxycycline or another medicine that makes skin sensitive to light</source>
        <translation>Doxiciclina u otro medicamento que hace la piel sensible a la luz</translation>
    </message>
    <message>
        <source>Cold sores</source>
        <translation>Herpes labial</translation>
    </message>
    <message>
        <source>Keloids or raised scars</source>
        <translation>Queloides o cicatrices elevadas</translation>
    </message>
    <message>
        <source>Eczema, psoriasis or rosacea</source>
        <translation>Eczema, psoriasis o rosácea</translation>
    </message>
    <message>
        <source>Lupus, rheumatoid arthritis or another autoimmune disease</source>
        <translation>Lupus, artritis reumatoide u otra enfermedad autoinmune</translation>
    </message>
    <message>
        <source>Diabetes</source>
        <translation>Diabetes</translation>
    </message>
    <message>
        <source>Heart condition</source>
        <translation>Enfermedad del corazón</translation>
    </message>
    <message>
        <source>Pacemaker or another implanted device</source>
        <translation>Marcapasos u otro dispositivo implantado</translation>
    </message>
    <message>
        <source>Methaemoglobinaemia or G6PD deficiency</source>
        <translation>Metahemoglobinemia o déficit de G6PD</translation>
    </message>
    <message>
        <source>Skin cancer</source>
        <translation>Cáncer de piel</translation>
    </message>
    <message>
        <source>Pregnancy or breast-feeding</source>
        <translation>Embarazo o lactancia</translation>
    </message>
    <message>
        <source>Body dysmorphic disorder</source>
        <translation>Trastorno dismórfico corporal</translation>
    </message>
    <message>
        <source>Write a year, a month or a day: 2024, 2024-05 or 2024-05-31. Leave it empty where it is not known.</source>
        <translation>Escriba un año, un mes o un día: 2024, 2024-05 o 2024-05-31. Déjelo vacío si no se sabe.</translation>
    </message>
    <message>
        <source>{words}, ended {ended_on}</source>
        <translation>{words}, terminó {ended_on}</translation>
    </message>
    <message>
        <source>Choose allergy, medicine or condition.</source>
        <translation>Elija alergia, medicamento o enfermedad.</translation>
    </message>
    <message>
        <source>There is no such quick-pick of this kind. Choose one, or write it.</source>
        <translation>No hay tal opción de este tipo en la lista. Elija una o escríbalo.</translation>
    </message>
    <message>
        <source>Say what it is.</source>
        <translation>Diga qué es.</translation>
    </message>
    <message>
        <source>Choose who says so.</source>
        <translation>Elija quién lo dice.</translation>
    </message>
    <message>
        <source>This lies in the future.</source>
        <translation>Esto está en el futuro.</translation>
    </message>
    <message>
        <source>At most {longest_words} characters.</source>
        <translation>Como máximo {longest_words} caracteres.</translation>
    </message>
    <message>
        <source>No known allergies</source>
        <translation>Sin alergias conocidas</translation>
    </message>
    <message>
        <source>protocol {protocol_id} v{version}</source>
        <translation>el protocolo {protocol_id} v{version}</translation>
    </message>
    <message>
        <source>Protocol {protocol_id} v{version}</source>
        <translation>El protocolo {protocol_id} v{version}</translation>
    </message>
    <message>
        <source>Exam</source>
        <translation>Examen</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Órdenes</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Consentimiento</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Pacientes</translation>
    </message>
    <message>
        <source>Days between sessions</source>
        <translation>Días entre sesiones</translation>
    </message>
    <message>
        <source>Topical anaesthetic</source>
        <translation>Anestésico tópico</translation>
    </message>
    <message>
        <source>The director&apos;s review</source>
        <translation>La revisión de la dirección</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Firmas</translation>
    </message>
    <message>
        <source>Adverse events</source>
        <translation>Eventos adversos</translation>
    </message>
    <message>
        <source>How long records are kept</source>
        <translation>Cuánto se guardan los expedientes</translation>
    </message>
    <message>
        <source>Meetings and drills</source>
        <translation>Reuniones y simulacros</translation>
    </message>
    <message>
        <source>Nothing follows from it until the clinic writes its own.</source>
        <translation>No tiene efecto hasta que la clínica escriba el suyo.</translation>
    </message>
    <message>
        <source>Exam before treatment</source>
        <translation>Examen antes del tratamiento</translation>
    </message>
    <message>
        <source>An exam counts for</source>
        <translation>Un examen vale</translation>
    </message>
    <message>
        <source>How an exam may be done</source>
        <translation>Cómo puede hacerse un examen</translation>
    </message>
    <message>
        <source>A new exam after</source>
        <translation>Un examen nuevo tras</translation>
    </message>
    <message>
        <source>Orders that count</source>
        <translation>Órdenes que valen</translation>
    </message>
    <message>
        <source>An order counts for</source>
        <translation>Una orden vale</translation>
    </message>
    <message>
        <source>Sessions under one order</source>
        <translation>Sesiones con una orden</translation>
    </message>
    <message>
        <source>Telephone orders</source>
        <translation>Órdenes por teléfono</translation>
    </message>
    <message>
        <source>A consent counts for</source>
        <translation>Un consentimiento vale</translation>
    </message>
    <message>
        <source>A witness to the consent</source>
        <translation>Testigo del consentimiento</translation>
    </message>
    <message>
        <source>Languages of the consent</source>
        <translation>Idiomas del consentimiento</translation>
    </message>
    <message>
        <source>Words about delegation</source>
        <translation>Texto sobre la delegación</translation>
    </message>
    <message>
        <source>Youngest age</source>
        <translation>Edad mínima</translation>
    </message>
    <message>
        <source>A reason is needed under</source>
        <translation>Hace falta un motivo por debajo de</translation>
    </message>
    <message>
        <source>The director decides under</source>
        <translation>Decide la dirección por debajo de</translation>
    </message>
    <message>
        <source>Numbing products</source>
        <translation>Productos anestésicos</translation>
    </message>
    <message>
        <source>Strongest without the director</source>
        <translation>La concentración más alta sin la dirección</translation>
    </message>
    <message>
        <source>Most on the skin</source>
        <translation>Lo máximo en la piel</translation>
    </message>
    <message>
        <source>Longest time on the skin</source>
        <translation>El tiempo máximo en la piel</translation>
    </message>
    <message>
        <source>Largest numbed area</source>
        <translation>La mayor zona anestesiada</translation>
    </message>
    <message>
        <source>Visits drawn for review</source>
        <translation>Visitas sorteadas para revisión</translation>
    </message>
    <message>
        <source>The director reviews within</source>
        <translation>La dirección revisa en</translation>
    </message>
    <message>
        <source>At least drawn in a period</source>
        <translation>Sorteadas como mínimo por periodo</translation>
    </message>
    <message>
        <source>A period of review</source>
        <translation>Un periodo de revisión</translation>
    </message>
    <message>
        <source>The share is of</source>
        <translation>El porcentaje es de</translation>
    </message>
    <message>
        <source>How visits are drawn</source>
        <translation>Cómo se sortean las visitas</translation>
    </message>
    <message>
        <source>Told to the owner after</source>
        <translation>Se avisa a la propiedad tras</translation>
    </message>
    <message>
        <source>The performer signs within</source>
        <translation>Quien trata firma en</translation>
    </message>
    <message>
        <source>The director signs within</source>
        <translation>La dirección firma en</translation>
    </message>
    <message>
        <source>A late entry after</source>
        <translation>Anotación tardía tras</translation>
    </message>
    <message>
        <source>Device user facility</source>
        <translation>Centro usuario de dispositivos</translation>
    </message>
    <message>
        <source>Adults&apos; records</source>
        <translation>Expedientes de adultos</translation>
    </message>
    <message>
        <source>Minors&apos; records at least until age</source>
        <translation>Expedientes de menores al menos hasta la edad de</translation>
    </message>
    <message>
        <source>Minors&apos; records at least</source>
        <translation>Expedientes de menores al menos</translation>
    </message>
    <message>
        <source>Privacy papers</source>
        <translation>Documentos de privacidad</translation>
    </message>
    <message>
        <source>Training records</source>
        <translation>Registros de formación</translation>
    </message>
    <message>
        <source>Sharps injury log</source>
        <translation>Registro de pinchazos</translation>
    </message>
    <message>
        <source>Exposure records after employment</source>
        <translation>Registros de exposición tras el empleo</translation>
    </message>
    <message>
        <source>The program&apos;s own log</source>
        <translation>La bitácora del programa</translation>
    </message>
    <message>
        <source>The director visits every</source>
        <translation>La dirección visita cada</translation>
    </message>
    <message>
        <source>Protocols are reviewed every</source>
        <translation>Los protocolos se revisan cada</translation>
    </message>
    <message>
        <source>Emergency drill every</source>
        <translation>Simulacro de emergencia cada</translation>
    </message>
    <message>
        <source>An exam is asked for.</source>
        <translation>Se pide un examen.</translation>
    </message>
    <message>
        <source>An exam counts on its own day alone.</source>
        <translation>Un examen vale solo en su propio día.</translation>
    </message>
    <message>
        <source>An exam has to be done in person.</source>
        <translation>El examen tiene que hacerse en persona.</translation>
    </message>
    <message>
        <source>An order counts until its own last day.</source>
        <translation>Una orden vale hasta su propio último día.</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>No hay ninguna.</translation>
    </message>
    <message>
        <source>A consent counts on its own day alone.</source>
        <translation>Un consentimiento vale solo en su propio día.</translation>
    </message>
    <message>
        <source>The device&apos;s label and the age of consent rule alone.</source>
        <translation>Mandan solo la etiqueta del dispositivo y la edad de consentimiento.</translation>
    </message>
    <message>
        <source>The protocol&apos;s interval rules alone.</source>
        <translation>Manda solo el intervalo del protocolo.</translation>
    </message>
    <message>
        <source>The protocol&apos;s list rules alone.</source>
        <translation>Manda solo la lista del protocolo.</translation>
    </message>
    <message>
        <source>No strength is compared.</source>
        <translation>No se compara ninguna concentración.</translation>
    </message>
    <message>
        <source>No amount is compared.</source>
        <translation>No se compara ninguna cantidad.</translation>
    </message>
    <message>
        <source>No time is compared.</source>
        <translation>No se compara ningún tiempo.</translation>
    </message>
    <message>
        <source>No area is compared.</source>
        <translation>No se compara ninguna zona.</translation>
    </message>
    <message>
        <source>By the draw, at the share above.</source>
        <translation>Por sorteo, con el porcentaje de arriba.</translation>
    </message>
    <message>
        <source>Every entry after an hour is late.</source>
        <translation>Toda anotación tras una hora es tardía.</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>no se sabe</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>sin límite</translation>
    </message>
    <message>
        <source>{part1} after {part2} hours</source>
        <translation>{part1} tras {part2} horas</translation>
    </message>
    <message>
        <source>{part1} from {part2}{last}</source>
        <translation>{part1} desde {part2}{last}</translation>
    </message>
    <message>
        <source>In force from</source>
        <translation>En vigor desde</translation>
    </message>
    <message>
        <source>To be looked at again by</source>
        <translation>Por revisar antes de</translation>
    </message>
    <message>
        <source>Grade {key}</source>
        <translation>Grado {key}</translation>
    </message>
    <message>
        <source>Always sent</source>
        <translation>Siempre se envía</translation>
    </message>
    <message>
        <source>May examine</source>
        <translation>Puede examinar</translation>
    </message>
    <message>
        <source>Who and with what</source>
        <translation>Quién y con qué</translation>
    </message>
    <message>
        <source>Slowest setting</source>
        <translation>Ajuste más lento</translation>
    </message>
    <message>
        <source>Fastest setting</source>
        <translation>Ajuste más rápido</translation>
    </message>
    <message>
        <source>Sessions in a series</source>
        <translation>Sesiones de una serie</translation>
    </message>
    <message>
        <source>Before the treatment</source>
        <translation>Antes del tratamiento</translation>
    </message>
    <message>
        <source>After the treatment</source>
        <translation>Después del tratamiento</translation>
    </message>
    <message>
        <source>May order</source>
        <translation>Puede ordenar</translation>
    </message>
    <message>
        <source>May draw blood</source>
        <translation>Puede extraer sangre</translation>
    </message>
    <message>
        <source>Within minutes</source>
        <translation>A menos de minutos</translation>
    </message>
    <message>
        <source>Within miles</source>
        <translation>A menos de millas</translation>
    </message>
    <message>
        <source>Deepest without supervision</source>
        <translation>Lo más profundo sin supervisión</translation>
    </message>
    <message>
        <source>Deepest under supervision</source>
        <translation>Lo más profundo con supervisión</translation>
    </message>
    <message>
        <source>Basic life support</source>
        <translation>Soporte vital básico</translation>
    </message>
    <message>
        <source>The director signs beside it</source>
        <translation>La dirección firma además</translation>
    </message>
    <message>
        <source>Within days</source>
        <translation>En días</translation>
    </message>
    <message>
        <source>May be passed by</source>
        <translation>Puede dejarlo pasar</translation>
    </message>
    <message>
        <source>Window in days</source>
        <translation>Plazo en días</translation>
    </message>
    <message>
        <source>Shows the first day</source>
        <translation>Muestra el primer día</translation>
    </message>
    <message>
        <source>The director is told within hours</source>
        <translation>Se avisa a la dirección en horas</translation>
    </message>
    <message>
        <source>The record is held</source>
        <translation>El expediente se retiene</translation>
    </message>
    <message>
        <source>Usual from, in mm</source>
        <translation>Habitual desde, en mm</translation>
    </message>
    <message>
        <source>Usual to, in mm</source>
        <translation>Habitual hasta, en mm</translation>
    </message>
    <message>
        <source>The director above, in mm</source>
        <translation>La dirección por encima de, en mm</translation>
    </message>
    <message>
        <source>Never above, in mm</source>
        <translation>Nunca por encima de, en mm</translation>
    </message>
    <message>
        <source>Usual passes</source>
        <translation>Pasadas habituales</translation>
    </message>
    <message>
        <source>where sources disagree</source>
        <translation>en qué no coinciden las fuentes</translation>
    </message>
    <message>
        <source>to be looked at again by</source>
        <translation>por revisar antes de</translation>
    </message>
    <message>
        <source>Intervals and speed</source>
        <translation>Intervalos y velocidad</translation>
    </message>
    <message>
        <source>Another order</source>
        <translation>Otro orden</translation>
    </message>
    <message>
        <source>Consent form</source>
        <translation>Formulario de consentimiento</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>Quitado</translation>
    </message>
    <message>
        <source>Every visit is drawn, so the share is 100 percent.</source>
        <translation>Se sortean todas las visitas, así que el porcentaje es 100.</translation>
    </message>
    <message>
        <source>With a ceiling under supervision there is one without. Write it.</source>
        <translation>Con un máximo con supervisión hay otro sin ella. Escríbalo.</translation>
    </message>
    <message>
        <source>This is less than {lower}, {least} {unit}.</source>
        <translation>Es menos que {lower}, {least} {unit}.</translation>
    </message>
    <message>
        <source>A graver event would be told later than a milder one, {milder_h} hours.</source>
        <translation>Un evento más grave se avisaría más tarde que uno más leve, {milder_h} horas.</translation>
    </message>
    <message>
        <source>It has to be looked at again before it is in force.</source>
        <translation>Habría que revisarlo antes de que entre en vigor.</translation>
    </message>
    <message>
        <source>What is not known has the confidence {unknown_confidence}.</source>
        <translation>Lo que no se sabe tiene la confianza {unknown_confidence}.</translation>
    </message>
    <message>
        <source>No credential may examine, so nobody could be treated.</source>
        <translation>Ninguna credencial puede examinar, así que no se podría tratar a nadie.</translation>
    </message>
    <message>
        <source>PRP is performed, and no credential may draw blood.</source>
        <translation>Se hace PRP y ninguna credencial puede extraer sangre.</translation>
    </message>
    <message>
        <source>Nobody signs beside it. Write null.</source>
        <translation>Nadie firma además. Escriba null.</translation>
    </message>
    <message>
        <source>Whoever may order may examine. Correct one of the two.</source>
        <translation>Quien puede ordenar puede examinar. Corrija uno de los dos.</translation>
    </message>
    <message>
        <source>These days overlap with another delegation of the same person.</source>
        <translation>Estos días se solapan con otra delegación de la misma persona.</translation>
    </message>
    <message>
        <source>This is less than speed_min_rpm, {slowest} rpm.</source>
        <translation>Es menos que speed_min_rpm, {slowest} rpm.</translation>
    </message>
    <message>
        <source>Name one at least, or write null: not known.</source>
        <translation>Nombre al menos uno o escriba null: no se sabe.</translation>
    </message>
    <message>
        <source>This credential stands twice.</source>
        <translation>Esta credencial está dos veces.</translation>
    </message>
    <message>
        <source>This is less than without supervision, {alone} mm.</source>
        <translation>Es menos que sin supervisión, {alone} mm.</translation>
    </message>
    <message>
        <source>With supervision {level} there is no distance. Write null.</source>
        <translation>Con supervisión {level} no hay distancia. Escriba null.</translation>
    </message>
    <message>
        <source>This grade stands twice.</source>
        <translation>Este grado está dos veces.</translation>
    </message>
    <message>
        <source>{days}; the clinic&apos;s window is {window_days} days.</source>
        <translation>{days}; el plazo de la clínica es de {window_days} días.</translation>
    </message>
    <message>
        <source>the answer is no, yet on file is {on_file}. Correct the history, or say why.</source>
        <translation>la respuesta es no, pero en el expediente consta {on_file}. Corrija los antecedentes o diga por qué.</translation>
    </message>
    <message>
        <source>{said} Earliest {earliest_on}.</source>
        <translation>{said} Como pronto el {earliest_on}.</translation>
    </message>
    <message>
        <source>no, yet a date is given, which counts as yes.</source>
        <translation>no, pero se dio una fecha, lo que cuenta como sí.</translation>
    </message>
    <message>
        <source>Write one of these: {attachmentkind}.</source>
        <translation>Escriba uno de estos: {attachmentkind}.</translation>
    </message>
    <message>
        <source>The file is empty. Scan the paper again.</source>
        <translation>El archivo está vacío. Escanee el papel otra vez.</translation>
    </message>
    <message>
        <source>Say in a few words what it is.</source>
        <translation>Diga en pocas palabras qué es.</translation>
    </message>
    <message>
        <source>The file is larger than {part1} MB. Scan it smaller.</source>
        <translation>El archivo supera {part1} MB. Escanéelo más pequeño.</translation>
    </message>
    <message>
        <source>At most {longest_title} characters.</source>
        <translation>Como máximo {longest_title} caracteres.</translation>
    </message>
    <message>
        <source>The file is no whole PDF, PNG or JPEG. Scan the paper again as one of these.</source>
        <translation>El archivo no es un PDF, PNG o JPEG completo. Escanee el papel otra vez como uno de ellos.</translation>
    </message>
    <message>
        <source>The exam would count to a day before it was done.</source>
        <translation>El examen valdría hasta un día anterior a su fecha.</translation>
    </message>
    <message>
        <source>This level stands twice.</source>
        <translation>Este nivel figura dos veces.</translation>
    </message>
    <message>
        <source>Write the words that whoever signs agrees to.</source>
        <translation>Escriba las palabras que acepta quien firma.</translation>
    </message>
    <message>
        <source>Write the state in two capital letters, for example TX.</source>
        <translation>Escriba el estado en dos letras mayúsculas, por ejemplo TX.</translation>
    </message>
    <message>
        <source>Say which part of a consent this section is.</source>
        <translation>Diga qué parte de un consentimiento es esta sección.</translation>
    </message>
    <message>
        <source>This field belongs to {consent_text_2}. Leave it out.</source>
        <translation>Este campo es de {consent_text_2}. Quítelo.</translation>
    </message>
    <message>
        <source>{who} performs only while a supervisor is on site. Name who supervised.</source>
        <translation>{who} solo realiza con un supervisor presente. Indique quién supervisó.</translation>
    </message>
    <message>
        <source>{name}: no certificate in basic life support valid on {day} is on file.</source>
        <translation>{name}: no hay archivado un certificado de soporte vital básico válido el {day}.</translation>
    </message>
    <message>
        <source>Off-label by site: the indication that the device is cleared for does not cover {named}.</source>
        <translation>Fuera de etiqueta por sitio: la indicación autorizada del dispositivo no cubre {named}.</translation>
    </message>
    <message>
        <source>{name}: the licence ended on {ended}, before this visit.</source>
        <translation>{name}: la licencia terminó el {ended}, antes de esta visita.</translation>
    </message>
    <message>
        <source>{name}: the training {training} is not on file as valid on {day}.</source>
        <translation>{name}: la capacitación {training} no está archivada como válida el {day}.</translation>
    </message>
    <message>
        <source>The patient withdrew this consent on {day}. Nothing is done without a new one.</source>
        <translation>El paciente retiró este consentimiento el {day}. No se hace nada sin uno nuevo.</translation>
    </message>
    <message>
        <source>The consent does not say which exact text was signed. Have it signed again.</source>
        <translation>El consentimiento no dice qué texto exacto se firmó. Haga que se firme otra vez.</translation>
    </message>
    <message>
        <source>The consent asks for an addendum that the director has not approved yet.</source>
        <translation>El consentimiento pide un anexo que el director no ha aprobado todavía.</translation>
    </message>
    <message>
        <source>The patient&apos;s own blood is used, and the addendum for it is not signed.</source>
        <translation>Se usa la propia sangre del paciente y el anexo correspondiente no está firmado.</translation>
    </message>
    <message>
        <source>What photographs may be used for was not chosen. Nothing but no is a choice too.</source>
        <translation>No se eligió para qué pueden usarse las fotografías. Decir que no a todo también es una opción.</translation>
    </message>
    <message>
        <source>An addendum to the consent is not the approved text of that day, word for word.</source>
        <translation>Un anexo del consentimiento no es, palabra por palabra, el texto aprobado de ese día.</translation>
    </message>
    <message>
        <source>An addendum is in another language than the consent.</source>
        <translation>Un anexo está en otro idioma que el consentimiento.</translation>
    </message>
    <message>
        <source>The sheet about preparing was given by nobody who works here.</source>
        <translation>Quien dio la hoja de preparación no trabaja aquí.</translation>
    </message>
    <message>
        <source>The sheet about preparing was given after the treatment had begun.</source>
        <translation>La hoja de preparación se dio cuando el tratamiento ya había empezado.</translation>
    </message>
    <message>
        <source>Give the sheet about preparing for the treatment, and say when and by whom.</source>
        <translation>Dé la hoja de preparación para el tratamiento y diga cuándo y quién la dio.</translation>
    </message>
    <message>
        <source>The consent is not the one that was signed at the earlier visit that it names.</source>
        <translation>El consentimiento no es el que se firmó en la visita anterior que nombra.</translation>
    </message>
    <message>
        <source>The consent is not signed: the full name and the words of agreement belong together.</source>
        <translation>El consentimiento no está firmado: hacen falta el nombre completo y las palabras de aceptación.</translation>
    </message>
    <message>
        <source>The name typed under the consent is not that of {whose}. Have the full name typed.</source>
        <translation>El nombre escrito bajo el consentimiento no es el de {whose}. Haga que se escriba el nombre completo.</translation>
    </message>
    <message>
        <source>The signed paper is not there. Scan it and attach it.</source>
        <translation>Falta el papel firmado. Escanéelo y adjúntelo.</translation>
    </message>
    <message>
        <source>The scanned paper is not one that was kept for this patient. Attach it again.</source>
        <translation>El papel escaneado no es uno guardado para este paciente. Adjúntelo otra vez.</translation>
    </message>
    <message>
        <source>Say who of the staff saw the paper being signed.</source>
        <translation>Diga quién del personal vio firmar el papel.</translation>
    </message>
    <message>
        <source>The patient is under {adult_age}: a guardian has to sign the consent.</source>
        <translation>El paciente tiene menos de {adult_age} años: un tutor tiene que firmar el consentimiento.</translation>
    </message>
    <message>
        <source>Ask whether there are questions, answer them, and say who did.</source>
        <translation>Pregunte si hay dudas, contéstelas y diga quién lo hizo.</translation>
    </message>
    <message>
        <source>A member of staff has to witness the consent.</source>
        <translation>Alguien del personal tiene que ser testigo del consentimiento.</translation>
    </message>
    <message>
        <source>The policy does not take a consent in this language.</source>
        <translation>La política no admite un consentimiento en este idioma.</translation>
    </message>
    <message>
        <source>The record names another language. Have it read in that one, or name the interpreter.</source>
        <translation>El expediente indica otro idioma. Haga que se lea en ese idioma o indique el intérprete.</translation>
    </message>
    <message>
        <source>the guardian</source>
        <translation>el tutor</translation>
    </message>
    <message>
        <source>the patient</source>
        <translation>el paciente</translation>
    </message>
    <message>
        <source>Write the guardian&apos;s name and how they are related to the patient.</source>
        <translation>Escriba el nombre del tutor y su relación con el paciente.</translation>
    </message>
    <message>
        <source>The guardian has the patient&apos;s own name. Write who signed.</source>
        <translation>El tutor lleva el mismo nombre que el paciente. Escriba quién firmó.</translation>
    </message>
    <message>
        <source>from pictures and answers that were sent in</source>
        <translation>a partir de fotos y respuestas enviadas</translation>
    </message>
    <message>
        <source>The examiner let the exam of {examined_on} count to {valid_to} alone.</source>
        <translation>Quien examinó dejó valer el examen del {examined_on} solo hasta el {valid_to}.</translation>
    </message>
    <message>
        <source>After the adverse event of {event_on} the policy asks for a new exam.</source>
        <translation>Después del evento adverso del {event_on} la política pide un examen nuevo.</translation>
    </message>
    <message>
        <source>The exam clears {part1}, not {service}.</source>
        <translation>El examen autoriza {part1}, no {service}.</translation>
    </message>
    <message>
        <source>The director has not approved a sheet about preparing for this service yet.</source>
        <translation>El director no ha aprobado todavía una hoja de preparación para este servicio.</translation>
    </message>
    <message>
        <source>An addendum stands twice under the consent, so nobody can tell what was agreed to.</source>
        <translation>Un anexo está dos veces en el consentimiento, así que nadie puede decir qué se aceptó.</translation>
    </message>
    <message>
        <source>The sheet about preparing is not the one that the director approved, word for word.</source>
        <translation>La hoja de preparación no es, palabra por palabra, la que aprobó el director.</translation>
    </message>
    <message>
        <source>The patient withdrew an addendum of this consent on {day}. Have a new consent signed.</source>
        <translation>El paciente retiró un anexo de este consentimiento el {day}. Haga firmar un consentimiento nuevo.</translation>
    </message>
    <message>
        <source>The interpreter has the patient&apos;s own name. Write who interpreted.</source>
        <translation>El intérprete tiene el nombre del paciente. Escriba quién interpretó.</translation>
    </message>
    <message>
        <source>Another day stands on the scanned paper than the one on which the consent was signed.</source>
        <translation>En el papel escaneado hay otro día que el de la firma del consentimiento.</translation>
    </message>
    <message>
        <source>The exam clears {classes} devices, not {used}.</source>
        <translation>El examen autoriza dispositivos {classes}, no {used}.</translation>
    </message>
    <message>
        <source>{name} ({credential}) may not examine under the clinic&apos;s policy.</source>
        <translation>{name} ({credential}) no puede examinar según la política de la clínica.</translation>
    </message>
    <message>
        <source>The licence {licence} of {name} ended on {licence_valid_to}, before the exam of {examined_on}.</source>
        <translation>La licencia {licence} de {name} terminó el {licence_valid_to}, antes del examen del {examined_on}.</translation>
    </message>
    <message>
        <source>The outside exam was accepted before it was done. Correct one of the days.</source>
        <translation>El examen externo se aceptó antes de hacerse. Corrija uno de los días.</translation>
    </message>
    <message>
        <source>The outside exam is not attached yet, as a PDF or a picture.</source>
        <translation>El examen externo aún no está adjunto, como PDF o imagen.</translation>
    </message>
    <message>
        <source>The exam of {examined_on} is not finished: its result is pending.</source>
        <translation>El examen del {examined_on} no está terminado: su resultado está pendiente.</translation>
    </message>
    <message>
        <source>The exam of {examined_on} leaves the decision to the director.</source>
        <translation>El examen del {examined_on} deja la decisión a la dirección.</translation>
    </message>
    <message>
        <source>No exam is said to apply, yet the policy asks for one before every treatment.</source>
        <translation>Se dice que no corresponde examen, pero la política pide uno antes de cada tratamiento.</translation>
    </message>
    <message>
        <source>a {device_class} device</source>
        <translation>un dispositivo {device_class}</translation>
    </message>
    <message>
        <source>a device of unknown class</source>
        <translation>un dispositivo de clase desconocida</translation>
    </message>
    <message>
        <source>The exam does not clear {others}.</source>
        <translation>El examen no autoriza {others}.</translation>
    </message>
    <message>
        <source>The outside exam that the visit names is not among the papers that are kept of this person.</source>
        <translation>El examen externo que la visita nombra no está entre los papeles guardados de esta persona.</translation>
    </message>
    <message>
        <source>{name} had no valid licence on {day}, the day of the exam.</source>
        <translation>{name} no tenía licencia válida el {day}, el día del examen.</translation>
    </message>
    <message>
        <source>no service</source>
        <translation>ningún servicio</translation>
    </message>
    <message>
        <source>Since the exam of {exam} there is a pregnancy; the policy asks for a new exam then.</source>
        <translation>Desde el examen del {exam} hay un embarazo; la política pide entonces un nuevo examen.</translation>
    </message>
    <message>
        <source>New since the exam of {exam}: {named}. The policy asks for a new exam {before}.</source>
        <translation>Nuevo desde el examen del {exam}: {named}. La política pide un nuevo examen {before}.</translation>
    </message>
    <message>
        <source>New since the exam of {exam}: {named}. The policy asks for a new exam before another class of device is used.</source>
        <translation>Nuevo desde el examen del {exam}: {named}. La política pide un nuevo examen antes de usar otra clase de dispositivo.</translation>
    </message>
    <message>
        <source>Taken since the exam of {exam}: {named}. The policy asks for a new exam then.</source>
        <translation>Toma desde el examen del {exam}: {named}. La política pide entonces un nuevo examen.</translation>
    </message>
    <message>
        <source>a device whose class is not in the register</source>
        <translation>un dispositivo cuya clase no está en el registro</translation>
    </message>
    <message>
        <source>before another area is treated</source>
        <translation>antes de tratar otra zona</translation>
    </message>
    <message>
        <source>before another product is used</source>
        <translation>antes de usar otro producto</translation>
    </message>
    <message>
        <source>The patient is under {adult_age}, and the policy lets nobody treat minors.</source>
        <translation>El paciente tiene menos de {adult_age} años, y la política no permite tratar a menores.</translation>
    </message>
    <message>
        <source>{title} lists {name} as used off its label.</source>
        <translation>{title} incluye {name} entre lo que se usa fuera de su etiqueta.</translation>
    </message>
    <message>
        <source>{name} on needled skin is off-label: the device&apos;s label does not name it.</source>
        <translation>{name} sobre piel tratada con agujas está fuera de etiqueta: la etiqueta del dispositivo no lo nombra.</translation>
    </message>
    <message>
        <source>for this patient alone</source>
        <translation>solo para este paciente</translation>
    </message>
    <message>
        <source>that stands for every patient</source>
        <translation>que vale para cualquier paciente</translation>
    </message>
    <message>
        <source>The policy accepts no order {kind_words}.</source>
        <translation>La política no acepta una orden {kind_words}.</translation>
    </message>
    <message>
        <source>The order of {ordered_on} was for {most}, and they are used up.</source>
        <translation>La orden del {ordered_on} era para {most}, y están agotadas.</translation>
    </message>
    <message>
        <source>The order does not name the device {device}.</source>
        <translation>La orden no nombra el dispositivo {device}.</translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>1 sesión</translation>
    </message>
    <message>
        <source>{count} sessions</source>
        <translation>{count} sesiones</translation>
    </message>
    <message>
        <source>{place}: {depth_mm} mm is deeper than the {max_depth_mm} mm of the order.</source>
        <translation>{place}: {depth_mm} mm es más profundo que los {max_depth_mm} mm de la orden.</translation>
    </message>
    <message>
        <source>The order does not name {named}.</source>
        <translation>La orden no nombra {named}.</translation>
    </message>
    <message>
        <source>By telephone from {name} on {ordered_at}, taken and read back by {name_2}: {words} Not signed by the director yet.</source>
        <translation>Por teléfono de {name} el {ordered_at}, tomada y leída en voz alta por {name_2}: {words} Aún sin la firma de la dirección.</translation>
    </message>
    <message>
        <source>Whoever is named as ordering was no medical director here on the day of the visit.</source>
        <translation>Quien figura como ordenante no era director médico aquí el día de la visita.</translation>
    </message>
    <message>
        <source>Whoever took the order had no valid licence on that day.</source>
        <translation>Quien tomó la orden no tenía licencia válida ese día.</translation>
    </message>
    <message>
        <source>Nobody takes their own order by telephone. Release it instead.</source>
        <translation>Nadie toma su propia orden por teléfono. Libérela en su lugar.</translation>
    </message>
    <message>
        <source>The order was read back before it was given. Correct one of the times.</source>
        <translation>La orden se leyó en voz alta antes de darse. Corrija una de las horas.</translation>
    </message>
    <message>
        <source>The order was read back after something was done to the patient already.</source>
        <translation>La orden se leyó en voz alta cuando ya se había hecho algo al paciente.</translation>
    </message>
    <message>
        <source>{name} had no valid licence on the day of the order.</source>
        <translation>{name} no tenía licencia válida el día de la orden.</translation>
    </message>
    <message>
        <source>No event asks for a new exam.</source>
        <translation>Ningún evento pide un examen nuevo.</translation>
    </message>
    <message>
        <source>An order has to be for this patient.</source>
        <translation>Una orden tiene que ser para este paciente.</translation>
    </message>
    <message>
        <source>The order&apos;s own number of sessions rules alone.</source>
        <translation>Solo rige el número de sesiones de la propia orden.</translation>
    </message>
    <message>
        <source>Only what the consent text itself asks for.</source>
        <translation>Solo lo que pide el propio texto de consentimiento.</translation>
    </message>
    <message>
        <source>Every language that a text is approved in.</source>
        <translation>Todos los idiomas en los que hay un texto aprobado.</translation>
    </message>
    <message>
        <source>Nobody under 18 is treated.</source>
        <translation>No se trata a nadie menor de 18 años.</translation>
    </message>
    <message>
        <source>A telephone order is signed within the days of the review.</source>
        <translation>Una orden por teléfono se firma dentro de los días de la revisión.</translation>
    </message>
    <message>
        <source>This is the code of a shop item (EAN or UPC): it names no lot. Scan the one with lot and expiry.</source>
        <translation>Este es el código de un artículo de tienda (EAN o UPC): no nombra ningún lote. Escanee el que tiene lote y caducidad.</translation>
    </message>
    <message>
        <source>Nothing was scanned.</source>
        <translation>No se ha escaneado nada.</translation>
    </message>
    <message>
        <source>The code names neither an item nor a lot. Scan the one with lot and expiry.</source>
        <translation>El código no nombra ni un artículo ni un lote. Escanee el que tiene lote y caducidad.</translation>
    </message>
    <message>
        <source>The check digit is wrong. Scan the code again.</source>
        <translation>El dígito de control es incorrecto. Escanee el código otra vez.</translation>
    </message>
    <message>
        <source>The code is empty.</source>
        <translation>El código está vacío.</translation>
    </message>
    <message>
        <source>The data field ({code}) must have {part2} digits.</source>
        <translation>El campo de datos ({code}) debe tener {part2} dígitos.</translation>
    </message>
    <message>
        <source>The data field ({code}) must have 1 to {part2} characters of GS1.</source>
        <translation>El campo de datos ({code}) debe tener de 1 a {part2} caracteres de GS1.</translation>
    </message>
    <message>
        <source>The code holds a character that HIBC does not have. Scan it again.</source>
        <translation>El código contiene un carácter que HIBC no tiene. Escanéelo otra vez.</translation>
    </message>
    <message>
        <source>The check character of the HIBC code is wrong. Scan the code again.</source>
        <translation>El carácter de control del código HIBC es incorrecto. Escanee el código otra vez.</translation>
    </message>
    <message>
        <source>A lot or serial number of an HIBC code has 1 to 20 letters and digits.</source>
        <translation>Un lote o número de serie de un código HIBC tiene de 1 a 20 letras y dígitos.</translation>
    </message>
    <message>
        <source>The codes do not agree. They may be of two items: scan the codes of one item alone.</source>
        <translation>Los códigos no concuerdan. Pueden ser de dos artículos: escanee solo los códigos de un artículo.</translation>
    </message>
    <message>
        <source>This is longer than a code can be ({longest_code} characters). Scan one code at a time.</source>
        <translation>Esto es más largo de lo que puede ser un código ({longest_code} caracteres). Escanee los códigos de uno en uno.</translation>
    </message>
    <message>
        <source>The code names a day, {digits}, that is not in the calendar.</source>
        <translation>El código nombra un día, {digits}, que no está en el calendario.</translation>
    </message>
    <message>
        <source>The maker and item of the HIBC code are not built as the standard says.</source>
        <translation>El fabricante y el artículo del código HIBC no están formados como dice la norma.</translation>
    </message>
    <message>
        <source>The HIBC code breaks off. Scan it again.</source>
        <translation>El código HIBC está cortado. Escanéelo otra vez.</translation>
    </message>
    <message>
        <source>The quantity of the HIBC code is no number.</source>
        <translation>La cantidad del código HIBC no es un número.</translation>
    </message>
    <message>
        <source>The expiry of the HIBC code is no number.</source>
        <translation>La caducidad del código HIBC no es un número.</translation>
    </message>
    <message>
        <source>The code breaks off or is not built as GS1 says. Scan it again.</source>
        <translation>El código está cortado o no está formado como dice GS1. Escanéelo otra vez.</translation>
    </message>
    <message>
        <source>The check digit of the item number {value} is wrong. Scan the code again.</source>
        <translation>El dígito de control del número de artículo {value} es incorrecto. Escanee el código otra vez.</translation>
    </message>
    <message>
        <source>The HIBC code has a form of date that the standard does not know.</source>
        <translation>El código HIBC tiene una forma de fecha que la norma no conoce.</translation>
    </message>
    <message>
        <source>This kind of bar code is not one that medical items carry.</source>
        <translation>Este tipo de código de barras no es de los que llevan los artículos médicos.</translation>
    </message>
    <message>
        <source>Used off the label</source>
        <translation>Usados fuera de la etiqueta</translation>
    </message>
    <message>
        <source>The policy&apos;s limit is {max_percent} %.</source>
        <translation>El límite de la política es {max_percent} %.</translation>
    </message>
    <message>
        <source>The policy&apos;s limit is {most} g.</source>
        <translation>El límite de la política es {most} g.</translation>
    </message>
    <message>
        <source>The policy&apos;s limit is {max_minutes} minutes.</source>
        <translation>El límite de la política es de {max_minutes} minutos.</translation>
    </message>
    <message>
        <source>{drug_mg} mg of the drug.</source>
        <translation>{drug_mg} mg del fármaco.</translation>
    </message>
    <message>
        <source>{g_per_10_cm2} g on 10 cm².</source>
        <translation>{g_per_10_cm2} g en 10 cm².</translation>
    </message>
    <message>
        <source>{area_cm2} cm² covered.</source>
        <translation>{area_cm2} cm² cubiertos.</translation>
    </message>
    <message>
        <source>{minutes_on} minutes on the skin.</source>
        <translation>{minutes_on} minutos en la piel.</translation>
    </message>
    <message>
        <source>Asks for besides</source>
        <translation>Pide además</translation>
    </message>
    <message>
        <source>Addendum for the patient&apos;s own blood</source>
        <translation>Anexo para la sangre del propio paciente</translation>
    </message>
    <message>
        <source>Addendum for photographs</source>
        <translation>Anexo para las fotografías</translation>
    </message>
    <message>
        <source>What whoever signs agrees to</source>
        <translation>Lo que acepta quien firma</translation>
    </message>
    <message>
        <source>{days} days ago</source>
        <translation>hace {days} días</translation>
    </message>
    <message>
        <source>the answer is not known, which counts as yes.</source>
        <translation>no se sabe la respuesta, lo que cuenta como sí.</translation>
    </message>
    <message>
        <source>yes, and the date is not known, which counts as today.</source>
        <translation>sí, y no se sabe la fecha, lo que cuenta como hoy.</translation>
    </message>
    <message>
        <source>the date given lies after the visit.</source>
        <translation>la fecha dada es posterior a la visita.</translation>
    </message>
    <message>
        <source>on the day of the visit</source>
        <translation>el día de la visita</translation>
    </message>
    <message>
        <source>1 day ago</source>
        <translation>hace 1 día</translation>
    </message>
    <message>
        <source>{words} since {since}</source>
        <translation>{words} desde {since}</translation>
    </message>
    <message>
        <source>In the {places}: a lesion was seen that the checklist does not name. {text}</source>
        <translation>En {places}: se vio una lesión que la lista no nombra. {text}</translation>
    </message>
    <message>
        <source>Write a whole number from {least} to {most}.</source>
        <translation>Escriba un número entero de {least} a {most}.</translation>
    </message>
    <message>
        <source>This can be two days. Write the year first or the month as a word: 2026-11-23, 23 Nov 2026.</source>
        <translation>Esto puede ser dos días. Escriba primero el año o el mes con letras: 2026-11-23, 23 nov 2026.</translation>
    </message>
    <message>
        <source>{text} characters, and the record holds {most}. Nothing is cut off: shorten it, and it is stored with the visit.</source>
        <translation>{text} caracteres, y en el registro caben {most}. Nada se corta: acórtelo y se guarda con la visita.</translation>
    </message>
    <message>
        <source>Write the day as 2026-11-23 or 23 Nov 2026.</source>
        <translation>Escriba el día como 2026-11-23 o 23 nov 2026.</translation>
    </message>
    <message>
        <source>This is none of the choices.</source>
        <translation>Esto no es ninguna de las opciones.</translation>
    </message>
    <message>
        <source>The year must be from {first_year} to {last_year}.</source>
        <translation>El año tiene que ser de {first_year} a {last_year}.</translation>
    </message>
    <message>
        <source>There is no such month. Months are 01 to 12.</source>
        <translation>No existe ese mes. Los meses van de 01 a 12.</translation>
    </message>
    <message>
        <source>There is no such day: that month has {last} days.</source>
        <translation>No existe ese día: ese mes tiene {last} días.</translation>
    </message>
    <message>
        <source>Write the time as 14:05 or 2:05 pm.</source>
        <translation>Escriba la hora como 14:05 o 2:05 pm.</translation>
    </message>
    <message>
        <source>There is no such time. Hours are 0 to 23 and minutes 00 to 59.</source>
        <translation>No existe esa hora. Las horas van de 0 a 23 y los minutos de 00 a 59.</translation>
    </message>
    <message>
        <source>Write a number in {unit}, for example {example}.</source>
        <translation>Escriba un número en {unit}, por ejemplo {example}.</translation>
    </message>
    <message>
        <source>At most {places} decimals, for example {example}.</source>
        <translation>Como máximo {places} decimales, por ejemplo {example}.</translation>
    </message>
    <message>
        <source>This must be from {least} to {most} {unit}.</source>
        <translation>Tiene que ser de {least} a {most} {unit}.</translation>
    </message>
    <message>
        <source>This holds a character that cannot be stored. Type it again.</source>
        <translation>Esto contiene un carácter que no se puede guardar. Escríbalo otra vez.</translation>
    </message>
    <message>
        <source>With am or pm the hour is 1 to 12.</source>
        <translation>Con am o pm la hora va de 1 a 12.</translation>
    </message>
    <message>
        <source>Write a number before {unit}.</source>
        <translation>Escriba un número antes de {unit}.</translation>
    </message>
    <message>
        <source>Write the time with its offset from UTC.</source>
        <translation>Escriba la hora con su diferencia con UTC.</translation>
    </message>
    <message>
        <source>Say who withdrew it: the patient, or the guardian by name.</source>
        <translation>Diga quién lo retiró: el paciente, o el tutor por su nombre.</translation>
    </message>
    <message>
        <source>Write one of these: {withdrawnhow}.</source>
        <translation>Escriba uno de estos: {withdrawnhow}.</translation>
    </message>
    <message>
        <source>That moment lies in the future.</source>
        <translation>Ese momento está en el futuro.</translation>
    </message>
    <message>
        <source>Say what is seen, and from where.</source>
        <translation>Diga qué se ve y desde dónde.</translation>
    </message>
    <message>
        <source>Write one of these: {takenwhen}.</source>
        <translation>Escriba uno de estos: {takenwhen}.</translation>
    </message>
    <message>
        <source>The picture does not say when it was taken. Say when.</source>
        <translation>La imagen no dice cuándo se tomó. Diga cuándo.</translation>
    </message>
    <message>
        <source>At most {longest_view} characters.</source>
        <translation>Como máximo {longest_view} caracteres.</translation>
    </message>
    <message>
        <source>The camera&apos;s clock was not set. Say when the picture was taken.</source>
        <translation>El reloj de la cámara no estaba puesto. Diga cuándo se tomó la imagen.</translation>
    </message>
    <message>
        <source>The file is no JPEG, PNG, HEIC or WebP. Save the picture as a JPEG and bring that.</source>
        <translation>El archivo no es JPEG, PNG, HEIC ni WebP. Guarde la imagen como JPEG y traiga esa.</translation>
    </message>
    <message>
        <source>The picture is cut short or damaged, so it cannot be shown. Copy it from the camera or telephone again.</source>
        <translation>La imagen está cortada o dañada, así que no se puede mostrar. Cópiela otra vez de la cámara o del teléfono.</translation>
    </message>
    <message>
        <source>The picture has more than 40 million points. Save it smaller, such as 4000 points across.</source>
        <translation>La imagen tiene más de 40 millones de puntos. Guárdela más pequeña, por ejemplo con 4000 puntos de ancho.</translation>
    </message>
    <message>
        <source>This is a moving picture. Save one picture of it as a JPEG.</source>
        <translation>Es una imagen en movimiento. Guarde una sola de sus imágenes como JPEG.</translation>
    </message>
    <message>
        <source>The picture could not be opened in the time that one is given. Save it as a JPEG, or smaller.</source>
        <translation>La imagen no se pudo abrir en el tiempo que se da a cada una. Guárdela como JPEG, o más pequeña.</translation>
    </message>
    <message>
        <source>The picture took more memory than one is given, or its reader failed over it. Save it as a JPEG, or smaller.</source>
        <translation>La imagen ocupó más memoria de la que se da a cada una, o el lector falló con ella. Guárdela como JPEG, o más pequeña.</translation>
    </message>
    <message>
        <source>This is a PostScript drawing and no photograph, whatever its name ends in.</source>
        <translation>Es un dibujo PostScript y no una fotografía, termine como termine su nombre.</translation>
    </message>
    <message>
        <source>This is a PDF. Keep it among the person&apos;s files.</source>
        <translation>Es un PDF. Guárdelo entre los archivos de la persona.</translation>
    </message>
    <message>
        <source>This is an SVG drawing and no photograph, whatever its name ends in.</source>
        <translation>Es un dibujo SVG y no una fotografía, termine como termine su nombre.</translation>
    </message>
    <message>
        <source>The file is empty. Copy it from the camera or telephone again.</source>
        <translation>El archivo está vacío. Cópielo otra vez de la cámara o del teléfono.</translation>
    </message>
    <message>
        <source>The file is larger than 25 MB. Save the picture smaller.</source>
        <translation>El archivo pasa de 25 MB. Guarde la imagen más pequeña.</translation>
    </message>
    <message>
        <source>The file is a picture and a web page at once, which no camera makes. Copy the picture from the camera or telephone itself.</source>
        <translation>El archivo es a la vez una imagen y una página web, cosa que ninguna cámara hace. Copie la imagen de la propia cámara o del teléfono.</translation>
    </message>
    <message>
        <source>Nobody has tried to tell {untried} of {people} people on the list. The recall stays open.</source>
        <translation>Nadie ha intentado avisar a {untried} de las {people} personas de la lista. La retirada sigue abierta.</translation>
    </message>
    <message>
        <source>{unreached} of {people} people were not reached. Write what was done about them.</source>
        <translation>No se localizó a {unreached} de {people} personas. Escriba qué se hizo por ellas.</translation>
    </message>
    <message>
        <source>Write one of these: {kinds}.</source>
        <translation>Escriba uno de estos: {kinds}.</translation>
    </message>
    <message>
        <source>Write the lot or the device as it is printed.</source>
        <translation>Escriba el lote o el dispositivo como está impreso.</translation>
    </message>
    <message>
        <source>Write who called it back, and why.</source>
        <translation>Escriba quién lo retiró y por qué.</translation>
    </message>
    <message>
        <source>Write one of these: {contacthow}.</source>
        <translation>Escriba uno de estos: {contacthow}.</translation>
    </message>
    <message>
        <source>Write one of these: {contactoutcome}.</source>
        <translation>Escriba uno de estos: {contactoutcome}.</translation>
    </message>
    <message>
        <source>At most {longest_named} characters.</source>
        <translation>Como máximo {longest_named} caracteres.</translation>
    </message>
    <message>
        <source>Attach the notice as a PDF, PNG or JPEG; a drill alone has none.</source>
        <translation>Adjunte el aviso como PDF, PNG o JPEG; solo un simulacro no lo lleva.</translation>
    </message>
    <message>
        <source>At most {longest_name} characters.</source>
        <translation>Como máximo {longest_name} caracteres.</translation>
    </message>
    <message>
        <source>This PC&apos;s keyring, which holds the newest checkpoint, could not be read, so the log was not held against it. What lies there is left as it is. Log in again when the keyring is open.</source>
        <translation>El llavero de esta computadora, que guarda el punto de control más nuevo, no se pudo leer, así que la bitácora no se comparó con él. Lo que hay allí se deja como está. Vuelva a iniciar sesión cuando el llavero esté abierto.</translation>
    </message>
    <message>
        <source>{what} Nothing was signed or changed. {remedy}</source>
        <translation>{what} Nada se firmó ni cambió. {remedy}</translation>
    </message>
    <message>
        <source>The key file could not be written. Nothing was changed. Plug the stick in again, or use another.</source>
        <translation>El archivo de clave no se pudo escribir. Nada cambió. Conecte de nuevo la memoria USB o use otra.</translation>
    </message>
    <message>
        <source>There is a file of this name already.</source>
        <translation>Ya hay un archivo con este nombre.</translation>
    </message>
    <message>
        <source>This key file belongs to another clinic.</source>
        <translation>Este archivo de clave es de otra clínica.</translation>
    </message>
    <message>
        <source>Choose the one made for this clinic.</source>
        <translation>Elija el que se hizo para esta clínica.</translation>
    </message>
    <message>
        <source>This key file belongs to another person.</source>
        <translation>Este archivo de clave es de otra persona.</translation>
    </message>
    <message>
        <source>Choose your own.</source>
        <translation>Elija el suyo.</translation>
    </message>
    <message>
        <source>This is not a key file for signing, or it is damaged.</source>
        <translation>Esto no es un archivo de clave para firmar, o está dañado.</translation>
    </message>
    <message>
        <source>Choose another file, or your copy of it.</source>
        <translation>Elija otro archivo, o su copia.</translation>
    </message>
    <message>
        <source>The key file was written by a newer mnclinic (form {written_in}); this program reads {format}. Nothing was signed or changed. Use the newer program.</source>
        <translation>El archivo de clave lo escribió un mnclinic más nuevo (forma {written_in}); este programa lee {format}. Nada se firmó ni cambió. Use el programa más nuevo.</translation>
    </message>
    <message>
        <source>This is not a key file for signing.</source>
        <translation>Esto no es un archivo de clave para firmar.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Elija otro archivo.</translation>
    </message>
    <message>
        <source>The stick is full, so the key file was not written. Nothing was changed. Make some room on it, then try again.</source>
        <translation>La memoria USB está llena, así que no se escribió el archivo de clave. Nada cambió. Haga lugar en ella y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The key file cannot be written there. Nothing was changed. Choose a folder on a stick that can be written.</source>
        <translation>El archivo de clave no se puede escribir ahí. Nada cambió. Elija una carpeta de una memoria USB en la que se pueda escribir.</translation>
    </message>
    <message>
        <source>{what} It was not overwritten. Choose another name or place.</source>
        <translation>{what} No se sobrescribió. Elija otro nombre o lugar.</translation>
    </message>
    <message>
        <source>The key file is not there. Nothing was signed or changed. Plug in the stick that holds it, then choose the file again.</source>
        <translation>El archivo de clave no está. Nada se firmó ni cambió. Conecte la memoria USB que lo contiene y elija el archivo otra vez.</translation>
    </message>
    <message>
        <source>The key file cannot be read. Nothing was signed or changed. Plug the stick in again, or use your copy of the file.</source>
        <translation>El archivo de clave no se puede leer. Nada se firmó ni cambió. Conecte de nuevo la memoria USB o use su copia del archivo.</translation>
    </message>
    <message>
        <source>The computer has too little free memory to check a password ({part1} MiB are needed). Nothing was changed. Close other programs and try again.</source>
        <translation>La computadora tiene muy poca memoria libre para comprobar una contraseña (hacen falta {part1} MiB). Nada cambió. Cierre otros programas y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The key file {key_file} was missing or damaged, so its previous copy {previous_key_file} is in use. No record was lost. A password or user changed in the last key change may be back as it was before. Look whether the users are as they should be.</source>
        <translation>El archivo de claves {key_file} faltaba o estaba dañado, así que se usa su copia anterior {previous_key_file}. No se perdió ningún registro. Una contraseña o un usuario cambiado en el último cambio de claves puede haber vuelto a estar como antes. Mire si los usuarios están como deben.</translation>
    </message>
    <message>
        <source>The clinic&apos;s keys were changed by another window or command a moment ago, so this change was not made. Nothing was lost. Look at the users again, then repeat the change.</source>
        <translation>Otra ventana u otro comando cambió las claves de la clínica hace un momento, así que este cambio no se hizo. Nada se perdió. Mire otra vez los usuarios y repita el cambio.</translation>
    </message>
    <message>
        <source>This folder already holds the keys of a clinic ({key_file} or {previous_key_file}). Nothing was changed. Choose an empty folder for a new clinic.</source>
        <translation>Esta carpeta ya contiene las claves de una clínica ({key_file} o {previous_key_file}). Nada cambió. Elija una carpeta vacía para una clínica nueva.</translation>
    </message>
    <message>
        <source>The key file {key_file} could not be written, so the change was not made. The keys are as they were. Check the disk, then try again.</source>
        <translation>El archivo de claves {key_file} no se pudo escribir, así que el cambio no se hizo. Las claves están como estaban. Revise el disco y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The keys were changed, but the disk reported trouble before the change was certain in {key_file} and {previous_key_file}. No record was lost. Check the disk, log in again, and look whether the change is there before making it anew.</source>
        <translation>Las claves se cambiaron, pero el disco avisó de un problema antes de que el cambio fuera seguro en {key_file} y {previous_key_file}. No se perdió ningún registro. Revise el disco, vuelva a iniciar sesión y mire si el cambio está antes de hacerlo de nuevo.</translation>
    </message>
    <message>
        <source>The disk is full, so the key file {key_file} could not be written and the change was not made. The keys are as they were. Make some room, then try again.</source>
        <translation>El disco está lleno, así que el archivo de claves {key_file} no se pudo escribir y el cambio no se hizo. Las claves están como estaban. Haga lugar y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The clinic&apos;s folder cannot be written, so the key file {key_file} was not changed. The keys are as they were. Check the folder&apos;s permissions, then try again.</source>
        <translation>No se puede escribir en la carpeta de la clínica, así que el archivo de claves {key_file} no cambió. Las claves están como estaban. Revise los permisos de la carpeta y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The key file {key_file} is not in the clinic&apos;s folder. Without it the records cannot be opened, but they are still there. Put {key_file} back from your newest backup, then try again.</source>
        <translation>El archivo de claves {key_file} no está en la carpeta de la clínica. Sin él no se pueden abrir los expedientes, pero siguen ahí. Ponga {key_file} de vuelta desde su respaldo más nuevo y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The key file {name} may not be read by this computer account, or another program holds it. Nothing was changed. Log in with the account that the clinic uses, then try again.</source>
        <translation>Esta cuenta de la computadora no puede leer el archivo de claves {name}, u otro programa lo tiene tomado. Nada cambió. Entre con la cuenta que usa la clínica y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The password is one that others would try: common words, a name of this clinic or its people, a row of keys, or one thing repeated. Add words that have nothing to do with the clinic.</source>
        <translation>La contraseña es una que otros probarían: palabras comunes, un nombre de esta clínica o de su gente, una fila de teclas o una cosa repetida. Agregue palabras que no tengan nada que ver con la clínica.</translation>
    </message>
    <message>
        <source>The password has {normal} characters; it needs {shortest} or more. Several words in a row are easy to remember and to type.</source>
        <translation>La contraseña tiene {normal} caracteres; necesita {shortest} o más. Varias palabras seguidas son fáciles de recordar y de escribir.</translation>
    </message>
    <message>
        <source>The password has more than {longest} characters.</source>
        <translation>La contraseña tiene más de {longest} caracteres.</translation>
    </message>
    <message>
        <source>Too short</source>
        <translation>Demasiado corta</translation>
    </message>
    <message>
        <source>{missing} more character{part2} needed.</source>
        <translation>Caracteres que faltan: {missing}.</translation>
    </message>
    <message>
        <source>Too long</source>
        <translation>Demasiado larga</translation>
    </message>
    <message>
        <source>Easily guessed</source>
        <translation>Fácil de adivinar</translation>
    </message>
    <message>
        <source>Another word that has nothing to do with the rest makes it better.</source>
        <translation>Otra palabra que no tenga nada que ver con el resto la mejora.</translation>
    </message>
    <message>
        <source>recovery sheet</source>
        <translation>hoja de recuperación</translation>
    </message>
    <message>
        <source>personal recovery code</source>
        <translation>código de recuperación personal</translation>
    </message>
    <message>
        <source>printed or written code</source>
        <translation>código impreso o escrito</translation>
    </message>
    <message>
        <source>It has {joined} characters; the {where} has {groups} groups of {group_characters}, {characters} in all.</source>
        <translation>Tiene {joined} caracteres; «{where}» tiene {groups} grupos de {group_characters}, {characters} en total.</translation>
    </message>
    <message>
        <source>Several characters are mistyped. Compare every group with the {where}.</source>
        <translation>Varios caracteres están mal escritos. Compare cada grupo con: {where}.</translation>
    </message>
    <message>
        <source>one from a recovery sheet</source>
        <translation>uno de una hoja de recuperación</translation>
    </message>
    <message>
        <source>The recovery code does not read as {what}. Nothing was opened or changed. {part2}</source>
        <translation>El código de recuperación no se lee como {what}. Nada se abrió ni cambió. {part2}</translation>
    </message>
    <message>
        <source>This is a {name}; here the {name_2} is asked for. Nothing was opened or changed. The {name_2} has {groups} groups of {group_characters} characters.</source>
        <translation>Esto corresponde a: {name}; aquí se pide: {name_2}. Nada se abrió ni cambió. «{name_2}» tiene {groups} grupos de {group_characters} caracteres.</translation>
    </message>
    <message>
        <source>group {part1}</source>
        <translation>grupo {part1}</translation>
    </message>
    <message>
        <source>Group {part1} is mistyped. Compare it with the {where}.</source>
        <translation>El grupo {part1} está mal escrito. Compárelo con: {where}.</translation>
    </message>
    <message>
        <source>recovery code</source>
        <translation>código de recuperación</translation>
    </message>
    <message>
        <source>It is a {name}, not a {name_2}.</source>
        <translation>Corresponde a: {name}, no a: {name_2}.</translation>
    </message>
    <message>
        <source>Patients and today</source>
        <translation>Pacientes y hoy</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>Visitas</translation>
    </message>
    <message>
        <source>The director&apos;s decisions</source>
        <translation>Las decisiones de la dirección</translation>
    </message>
    <message>
        <source>Devices, supplies and protocols</source>
        <translation>Dispositivos, insumos y protocolos</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Evidencia</translation>
    </message>
    <message>
        <source>People and passwords</source>
        <translation>Personas y contraseñas</translation>
    </message>
    <message>
        <source>Keys, backups and settings</source>
        <translation>Claves, respaldos y ajustes</translation>
    </message>
    <message>
        <source>the front desk</source>
        <translation>recepción</translation>
    </message>
    <message>
        <source>a provider</source>
        <translation>un profesional</translation>
    </message>
    <message>
        <source>the medical director</source>
        <translation>la dirección médica</translation>
    </message>
    <message>
        <source>an administrator</source>
        <translation>la administración</translation>
    </message>
    <message>
        <source>an inspector</source>
        <translation>quien inspecciona</translation>
    </message>
    <message>
        <source>look at today&apos;s visits</source>
        <translation>ver las visitas de hoy</translation>
    </message>
    <message>
        <source>look at a patient</source>
        <translation>ver a un paciente</translation>
    </message>
    <message>
        <source>look at the director&apos;s queue</source>
        <translation>ver la cola de la dirección</translation>
    </message>
    <message>
        <source>look at devices and supplies</source>
        <translation>ver dispositivos e insumos</translation>
    </message>
    <message>
        <source>look at the log</source>
        <translation>leer la bitácora</translation>
    </message>
    <message>
        <source>check the records</source>
        <translation>revisar los registros</translation>
    </message>
    <message>
        <source>add a patient</source>
        <translation>agregar un paciente</translation>
    </message>
    <message>
        <source>change a patient&apos;s details</source>
        <translation>cambiar los datos de un paciente</translation>
    </message>
    <message>
        <source>mark a patient as inactive or deceased</source>
        <translation>marcar a un paciente como inactivo o fallecido</translation>
    </message>
    <message>
        <source>merge two records of one patient</source>
        <translation>unir dos expedientes de un paciente</translation>
    </message>
    <message>
        <source>put a legal hold on a patient&apos;s records</source>
        <translation>poner una retención legal a los expedientes de un paciente</translation>
    </message>
    <message>
        <source>import patients</source>
        <translation>importar pacientes</translation>
    </message>
    <message>
        <source>undo an import of patients</source>
        <translation>deshacer una importación de pacientes</translation>
    </message>
    <message>
        <source>plan visits</source>
        <translation>planificar visitas</translation>
    </message>
    <message>
        <source>mark that somebody has arrived</source>
        <translation>marcar que alguien llegó</translation>
    </message>
    <message>
        <source>start a visit</source>
        <translation>empezar una visita</translation>
    </message>
    <message>
        <source>fill in a visit</source>
        <translation>completar una visita</translation>
    </message>
    <message>
        <source>void a visit</source>
        <translation>anular una visita</translation>
    </message>
    <message>
        <source>sign a visit as its performer</source>
        <translation>firmar una visita que realizó</translation>
    </message>
    <message>
        <source>approve a visit</source>
        <translation>aprobar una visita</translation>
    </message>
    <message>
        <source>return a visit</source>
        <translation>devolver una visita</translation>
    </message>
    <message>
        <source>release a visit that was held back</source>
        <translation>liberar una visita retenida</translation>
    </message>
    <message>
        <source>take an order of the director by telephone</source>
        <translation>tomar una orden de la dirección por teléfono</translation>
    </message>
    <message>
        <source>keep a photograph of a patient</source>
        <translation>guardar una fotografía de un paciente</translation>
    </message>
    <message>
        <source>look at photographs of a patient</source>
        <translation>ver fotografías de un paciente</translation>
    </message>
    <message>
        <source>record an adverse event</source>
        <translation>registrar un evento adverso</translation>
    </message>
    <message>
        <source>print a document</source>
        <translation>imprimir un documento</translation>
    </message>
    <message>
        <source>close the day</source>
        <translation>cerrar el día</translation>
    </message>
    <message>
        <source>add a device</source>
        <translation>agregar un dispositivo</translation>
    </message>
    <message>
        <source>draft a protocol</source>
        <translation>redactar un protocolo</translation>
    </message>
    <message>
        <source>approve a protocol</source>
        <translation>aprobar un protocolo</translation>
    </message>
    <message>
        <source>approve the clinic&apos;s policy</source>
        <translation>aprobar la política de la clínica</translation>
    </message>
    <message>
        <source>approve a consent text</source>
        <translation>aprobar un texto de consentimiento</translation>
    </message>
    <message>
        <source>sign an authorisation</source>
        <translation>firmar una autorización</translation>
    </message>
    <message>
        <source>add or change staff</source>
        <translation>agregar o cambiar personal</translation>
    </message>
    <message>
        <source>enter or end licences and certificates of the staff</source>
        <translation>anotar o terminar licencias y certificados del personal</translation>
    </message>
    <message>
        <source>make an audit bundle</source>
        <translation>crear un paquete de auditoría</translation>
    </message>
    <message>
        <source>look at the users</source>
        <translation>ver los usuarios</translation>
    </message>
    <message>
        <source>end a person&apos;s access</source>
        <translation>terminar el acceso de una persona</translation>
    </message>
    <message>
        <source>reset a person&apos;s password</source>
        <translation>restablecer la contraseña de una persona</translation>
    </message>
    <message>
        <source>change their own password and keys</source>
        <translation>cambiar su propia contraseña y claves</translation>
    </message>
    <message>
        <source>revoke a signature key</source>
        <translation>revocar una clave de firma</translation>
    </message>
    <message>
        <source>change the database key</source>
        <translation>cambiar la clave de la base de datos</translation>
    </message>
    <message>
        <source>make a recovery sheet</source>
        <translation>crear una hoja de recuperación</translation>
    </message>
    <message>
        <source>confirm that the clinic was recovered</source>
        <translation>confirmar que la clínica se recuperó</translation>
    </message>
    <message>
        <source>break the glass</source>
        <translation>romper el cristal</translation>
    </message>
    <message>
        <source>mark a broken glass as seen</source>
        <translation>marcar como visto un cristal roto</translation>
    </message>
    <message>
        <source>change the clinic&apos;s settings</source>
        <translation>cambiar los ajustes de la clínica</translation>
    </message>
    <message>
        <source>look at the backups</source>
        <translation>ver los respaldos</translation>
    </message>
    <message>
        <source>make a backup</source>
        <translation>hacer un respaldo</translation>
    </message>
    <message>
        <source>change how backups are kept</source>
        <translation>cambiar cómo se guardan los respaldos</translation>
    </message>
    <message>
        <source>say that log entries are lost and the clinic goes on</source>
        <translation>decir que se perdieron entradas de la bitácora y que la clínica sigue</translation>
    </message>
    <message>
        <source>In an emergency you can break the glass, in the window&apos;s Settings or with: mnclinic user break-glass --reason TEXT. It is marked in the log and the director sees it.</source>
        <translation>En una emergencia puede romper el cristal, en Ajustes de la ventana o con: mnclinic user break-glass --reason TEXT. Queda marcado en la bitácora y la dirección lo ve.</translation>
    </message>
    <message>
        <source>{part1} may not {part2}. Nothing was changed. Ask {who}.</source>
        <translation>{part1} no puede {part2}. Nada cambió. Acuda a: {who}.</translation>
    </message>
    <message>
        <source>Nobody may approve, return or release a visit that they performed. Nothing was changed. Ask another director to review it.</source>
        <translation>Nadie puede aprobar, devolver ni liberar una visita que realizó. Nada cambió. Pida a otra dirección que la revise.</translation>
    </message>
    <message>
        <source>The installation&apos;s own key inside the database cannot be opened. Nothing was changed. Restore the newest backup, or ask for help before working on.</source>
        <translation>La clave propia de la instalación, dentro de la base de datos, no se puede abrir. Nada cambió. Restaure el respaldo más nuevo o pida ayuda antes de seguir trabajando.</translation>
    </message>
    <message>
        <source>The installation&apos;s own key was written in the form {written_in}; this program reads {format}. Nothing was changed. Use the newer program.</source>
        <translation>La clave propia de la instalación se escribió en la forma {written_in}; este programa lee {format}. Nada cambió. Use el programa más nuevo.</translation>
    </message>
    <message>
        <source>Log-ins to this clinic are bound to this PC&apos;s keyring, and the secret is not in it: this is another PC or computer account, or the keyring was emptied or is locked. Your password was not judged and nothing was changed. Unlock the keyring, or use your personal recovery code; without one, an administrator can give you a new password.</source>
        <translation>Los inicios de sesión de esta clínica están ligados al llavero de esta computadora, y el secreto no está en él: esta es otra computadora u otra cuenta, o el llavero se vació o está bloqueado. Su contraseña no se juzgó y nada cambió. Desbloquee el llavero o use su código de recuperación personal; si no lo tiene, la administración puede darle una contraseña nueva.</translation>
    </message>
    <message>
        <source>The key file clinic.keys was changed by something other than this program, so it is not used. This is not about your password. The records were not touched. Put back a copy of the file from your newest backup, and find out who changed it.</source>
        <translation>Algo que no es este programa cambió el archivo de claves clinic.keys, así que no se usa. Esto no tiene que ver con su contraseña. Los registros no se tocaron. Ponga de vuelta una copia del archivo desde su respaldo más nuevo y averigüe quién lo cambió.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database key is being replaced at this moment, so this change was not made. Nothing was lost. Wait until that is done, then try again.</source>
        <translation>En este momento se está reemplazando la clave de la base de datos de la clínica, así que este cambio no se hizo. Nada se perdió. Espere a que termine y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>There is no user of this name.</source>
        <translation>No hay ningún usuario con este nombre.</translation>
    </message>
    <message>
        <source>This is the password that somebody else gave you.</source>
        <translation>Esta es la contraseña que le dio otra persona.</translation>
    </message>
    <message>
        <source>A user name has 1 to 64 letters, digits or signs and no space before or after it.</source>
        <translation>Un nombre de usuario tiene de 1 a 64 letras, dígitos o signos, sin espacio antes ni después.</translation>
    </message>
    <message>
        <source>A clinic needs at least one user. Nothing was stored. Add one, then try again.</source>
        <translation>Una clínica necesita al menos un usuario. Nada se guardó. Agregue uno y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{what} Nothing was changed. Check the name.</source>
        <translation>{what} Nada cambió. Revise el nombre.</translation>
    </message>
    <message>
        <source>This is the only person who can open the clinic, so their access was not ended. Nothing was changed. Add another person first.</source>
        <translation>Esta es la única persona que puede abrir la clínica, así que no se terminó su acceso. Nada cambió. Agregue antes a otra persona.</translation>
    </message>
    <message>
        <source>{what} Nothing was changed. Choose another.</source>
        <translation>{what} Nada cambió. Elija otra.</translation>
    </message>
    <message>
        <source>There is already a user named {user}.</source>
        <translation>Ya hay un usuario llamado {user}.</translation>
    </message>
    <message>
        <source>{what} Nothing was stored. Choose another user name.</source>
        <translation>{what} Nada se guardó. Elija otro nombre de usuario.</translation>
    </message>
    <message>
        <source>Your password was given to you by somebody else, who could sign as you with it. No signature key was made and nothing was changed. Choose your own password first.</source>
        <translation>Su contraseña se la dio otra persona, que podría firmar como usted con ella. No se creó ninguna clave de firma y nada cambió. Elija antes su propia contraseña.</translation>
    </message>
    <message>
        <source>There is no signing key for {user}, so it takes no key file. Nothing was changed. Make a signature key first.</source>
        <translation>No hay clave de firma para {user}, así que no lleva archivo de clave. Nada cambió. Cree antes una clave de firma.</translation>
    </message>
    <message>
        <source>The user name or the personal recovery code is not right. Nothing was changed. A code works once: look for the newest one, or ask an administrator for a new password.</source>
        <translation>El nombre de usuario o el código de recuperación personal no es correcto. Nada cambió. Un código sirve una vez: busque el más nuevo o pida a la administración una contraseña nueva.</translation>
    </message>
    <message>
        <source>This key file is not the one that your signature was enrolled with.</source>
        <translation>Este archivo de clave no es con el que se registró su firma.</translation>
    </message>
    <message>
        <source>There is no signing key for {user}, so nothing can be signed. Nothing was changed. Ask an administrator to set one up.</source>
        <translation>No hay clave de firma para {user}, así que no se puede firmar nada. Nada cambió. Pida a la administración que cree una.</translation>
    </message>
    <message>
        <source>{what} Nothing was signed or changed. Choose the newest key file made for you.</source>
        <translation>{what} Nada se firmó ni cambió. Elija el archivo de clave más nuevo hecho para usted.</translation>
    </message>
    <message>
        <source>No recovery sheet was made for this clinic, so no recovery code opens it. Nothing was changed. Ask somebody who can still log in to set a new password for you.</source>
        <translation>No se hizo ninguna hoja de recuperación para esta clínica, así que ningún código de recuperación la abre. Nada cambió. Pida a alguien que todavía pueda entrar que le ponga una contraseña nueva.</translation>
    </message>
    <message>
        <source>This recovery code is typed correctly, but it is not this clinic&apos;s present one. Nothing was changed. Look for the newest recovery sheet of this clinic.</source>
        <translation>Este código de recuperación está bien escrito, pero no es el actual de esta clínica. Nada cambió. Busque la hoja de recuperación más nueva de esta clínica.</translation>
    </message>
    <message>
        <source>Your password was given to you by somebody else. No recovery code was made and nothing was changed. Choose your own password first.</source>
        <translation>Su contraseña se la dio otra persona. No se creó ningún código de recuperación y nada cambió. Elija antes su propia contraseña.</translation>
    </message>
    <message>
        <source>The backup could not be written to {place}, so none was kept. The clinic itself is as it was. Check that the disk is plugged in and sound, then try again.</source>
        <translation>El respaldo no se pudo escribir en {place}, así que no quedó ninguno. La clínica misma está como estaba. Compruebe que el disco esté conectado y sano, y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database is not in this folder, so no backup was made. Nothing was changed. Name the clinic&apos;s folder with --data-dir.</source>
        <translation>La base de datos de la clínica no está en esta carpeta, así que no se hizo ningún respaldo. Nada cambió. Indique la carpeta de la clínica con --data-dir.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database key is being changed at this moment, so no backup was made. Nothing was lost. Wait until that has finished, then try again.</source>
        <translation>En este momento se está cambiando la clave de la base de datos de la clínica, así que no se hizo ningún respaldo. Nada se perdió. Espere a que termine y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The disk with {place} became full, so no backup was kept there. The clinic itself is as it was. Make room or choose another place, then try again.</source>
        <translation>El disco con {place} se llenó, así que no quedó ningún respaldo ahí. La clínica misma está como estaba. Haga lugar o elija otro sitio y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Nothing may be written to {place}, so no backup was made. The clinic itself is as it was. Choose another place, then try again.</source>
        <translation>No se puede escribir nada en {place}, así que no se hizo ningún respaldo. La clínica misma está como estaba. Elija otro sitio y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The clinic is open, or was not closed properly the last time, so its files cannot be copied as they are. Nothing was lost. Close it, or log in once and close it, then try again.</source>
        <translation>La clínica está abierta, o la última vez no se cerró bien, así que sus archivos no se pueden copiar como están. Nada se perdió. Ciérrela, o inicie sesión una vez y ciérrela, y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The database in this backup cannot be read with these keys: it is damaged or belongs to another clinic. Nothing was changed. Use another backup.</source>
        <translation>La base de datos de este respaldo no se puede leer con estas claves: está dañada o es de otra clínica. Nada cambió. Use otro respaldo.</translation>
    </message>
    <message>
        <source>No backup was made.</source>
        <translation>No se hizo ningún respaldo.</translation>
    </message>
    <message>
        <source>Stopped before it was finished, as you asked. Nothing half-done was kept.</source>
        <translation>Se detuvo antes de terminar, como usted pidió. Nada quedó a medias.</translation>
    </message>
    <message>
        <source>Backups cannot be kept inside the clinic&apos;s own folder, because they would be lost with it. {nothing} Choose a removable disk or another folder.</source>
        <translation>Los respaldos no se pueden guardar dentro de la carpeta de la clínica, porque se perderían con ella. {nothing} Elija un disco extraíble u otra carpeta.</translation>
    </message>
    <message>
        <source>The place for backups is a file, not a folder. {nothing} Choose a folder.</source>
        <translation>El sitio de los respaldos es un archivo, no una carpeta. {nothing} Elija una carpeta.</translation>
    </message>
    <message>
        <source>The place for backups is not there: {place}. {nothing} If it is a removable disk, plug it in; otherwise choose another folder. Then try again.</source>
        <translation>El sitio de los respaldos no está: {place}. {nothing} Si es un disco extraíble, conéctelo; si no, elija otra carpeta. Después vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Nothing may be written to the place for backups: {place}. {nothing} Check that it is not read-only, or choose another folder.</source>
        <translation>No se puede escribir nada en el sitio de los respaldos: {place}. {nothing} Compruebe que no sea de solo lectura o elija otra carpeta.</translation>
    </message>
    <message>
        <source>There is not enough room in {place}: {part2} are needed and {free_bytes} are free. Nothing was written. Make room or choose another place.</source>
        <translation>No hay lugar suficiente en {place}: hacen falta {part2} y hay {free_bytes} libres. Nada se escribió. Haga lugar o elija otro sitio.</translation>
    </message>
    <message>
        <source>This is the beginning of a backup that was never finished, or one that was being removed. Nothing was changed. Use another backup.</source>
        <translation>Esto es el comienzo de un respaldo que nunca terminó, o uno que se estaba quitando. Nada cambió. Use otro respaldo.</translation>
    </message>
    <message>
        <source>The clinic was being used while its files were copied, so no backup was kept. Nothing was lost. Close the clinic, or make the backup from inside it.</source>
        <translation>La clínica se estaba usando mientras se copiaban sus archivos, así que no quedó ningún respaldo. Nada se perdió. Cierre la clínica o haga el respaldo desde dentro de ella.</translation>
    </message>
    <message>
        <source>it is listed in the manifest and is not there</source>
        <translation>está en el manifiesto y no está ahí</translation>
    </message>
    <message>
        <source>its bytes are not those that were backed up</source>
        <translation>sus bytes no son los que se respaldaron</translation>
    </message>
    <message>
        <source>it cannot be read; the disk may be failing</source>
        <translation>no se puede leer; es posible que el disco esté fallando</translation>
    </message>
    <message>
        <source>There is no backup here: the file {manifest_name} is missing. Nothing was changed. Name the folder of a backup, such as mnclinic-1a2b3c4d-20261123T180000Z.</source>
        <translation>Aquí no hay ningún respaldo: falta el archivo {manifest_name}. Nada cambió. Indique la carpeta de un respaldo, como mnclinic-1a2b3c4d-20261123T180000Z.</translation>
    </message>
    <message>
        <source>The file {manifest_name} of the backup cannot be read. Nothing was changed. Check the disk that it is on, then try again.</source>
        <translation>El archivo {manifest_name} del respaldo no se puede leer. Nada cambió. Revise el disco en el que está y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>A backup is a folder, and this is a file. Nothing was changed. Name the backup&apos;s folder.</source>
        <translation>Un respaldo es una carpeta, y esto es un archivo. Nada cambió. Indique la carpeta del respaldo.</translation>
    </message>
    <message>
        <source>The file {manifest_name} of this backup is damaged or is not one that mnclinic made, so nothing in the backup can be trusted. Nothing was changed. Use another backup.</source>
        <translation>El archivo {manifest_name} de este respaldo está dañado o no lo hizo mnclinic, así que no se puede confiar en nada del respaldo. Nada cambió. Use otro respaldo.</translation>
    </message>
    <message>
        <source>This backup was made by a newer mnclinic (form {said}); this one knows {format}. Nothing was changed. Install the newer mnclinic to read it.</source>
        <translation>Este respaldo lo hizo un mnclinic más nuevo (forma {said}); este conoce {format}. Nada cambió. Instale el mnclinic más nuevo para leerlo.</translation>
    </message>
    <message>
        <source>A copy of the clinic&apos;s database was made and does not hold the same, so it was not used. Nothing was changed and the database itself is as it was. Check the disk, then try again.</source>
        <translation>Se hizo una copia de la base de datos de la clínica y no contiene lo mismo, así que no se usó. Nada cambió y la base de datos misma está como estaba. Revise el disco y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database cannot be read: the file is damaged or is not this clinic&apos;s. Nothing was changed. Do not delete anything; restore the newest backup, or ask for help with this folder as it is.</source>
        <translation>La base de datos de la clínica no se puede leer: el archivo está dañado o no es de esta clínica. Nada cambió. No borre nada; restaure el respaldo más nuevo o pida ayuda con esta carpeta tal como está.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database was replaced while it was open here: its key was changed, or a copy was put in its place. Nothing was stored in the old one. Log in again, then do it once more.</source>
        <translation>La base de datos de la clínica se reemplazó mientras estaba abierta aquí: se cambió su clave o se puso una copia en su lugar. Nada se guardó en la anterior. Vuelva a iniciar sesión y hágalo otra vez.</translation>
    </message>
    <message>
        <source>The clinic was closed here, so this was not done. Nothing that was stored is lost. Log in again, then do it once more.</source>
        <translation>La clínica se cerró aquí, así que esto no se hizo. Nada de lo guardado se perdió. Vuelva a iniciar sesión y hágalo otra vez.</translation>
    </message>
    <message>
        <source>The disk is full, and the clinic&apos;s database needs a little room to be opened. Nothing was changed and everything saved before is safe. Free some space on the disk, then log in again.</source>
        <translation>El disco está lleno, y la base de datos de la clínica necesita un poco de espacio para abrirse. Nada cambió y todo lo guardado antes está a salvo. Libere espacio en el disco y vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>Another window or command wrote to the clinic&apos;s database while it was open here for reading alone. Nothing is lost. Log in again to see what is there now.</source>
        <translation>Otra ventana u otro comando escribió en la base de datos de la clínica mientras estaba abierta aquí solo para leer. Nada se perdió. Vuelva a iniciar sesión para ver lo que hay ahora.</translation>
    </message>
    <message>
        <source>The clinic&apos;s folder cannot be written, and its database was not closed properly before: the newest entries are still in the file clinic.db-wal beside it, which can only be read where the folder can be written. Nothing was changed. Copy the whole folder to a disk of this computer and open it there.</source>
        <translation>No se puede escribir en la carpeta de la clínica, y su base de datos no se cerró bien antes: las entradas más nuevas siguen en el archivo clinic.db-wal, a su lado, que solo se puede leer donde se puede escribir en la carpeta. Nada cambió. Copie la carpeta entera a un disco de esta computadora y ábrala ahí.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database had to be let go here, because the disk failed while its key was being changed. Nothing that was stored is lost. Log in again, then do it once more.</source>
        <translation>La base de datos de la clínica se tuvo que soltar aquí, porque el disco falló mientras se cambiaba su clave. Nada de lo guardado se perdió. Vuelva a iniciar sesión y hágalo otra vez.</translation>
    </message>
    <message>
        <source>The database engine on this computer cannot encrypt, so the clinic was not opened. Nothing was changed. Install mnclinic again.</source>
        <translation>El motor de base de datos de esta computadora no puede cifrar, así que la clínica no se abrió. Nada cambió. Instale mnclinic de nuevo.</translation>
    </message>
    <message>
        <source>The database engine on this computer is too old ({sqlite_version}), so the clinic was not opened. Nothing was changed. Install mnclinic again.</source>
        <translation>El motor de base de datos de esta computadora es demasiado antiguo ({sqlite_version}), así que la clínica no se abrió. Nada cambió. Instale mnclinic de nuevo.</translation>
    </message>
    <message>
        <source>The database file in this folder is not encrypted, so it was not opened. Nothing was changed. It is not a file that mnclinic made: move it away and restore a backup.</source>
        <translation>El archivo de base de datos de esta carpeta no está cifrado, así que no se abrió. Nada cambió. No es un archivo hecho por mnclinic: muévalo a otro lugar y restaure un respaldo.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database is not in this folder. Nothing was changed. Put the file clinic.db back, or restore the newest backup.</source>
        <translation>La base de datos de la clínica no está en esta carpeta. Nada cambió. Ponga de vuelta el archivo clinic.db o restaure el respaldo más nuevo.</translation>
    </message>
    <message>
        <source>Google Drive</source>
        <translation>Google Drive</translation>
    </message>
    <message>
        <source>Resilio Sync</source>
        <translation>Resilio Sync</translation>
    </message>
    <message>
        <source>ownCloud or Nextcloud</source>
        <translation>ownCloud o Nextcloud</translation>
    </message>
    <message>
        <source>Synology Drive</source>
        <translation>Synology Drive</translation>
    </message>
    <message>
        <source>Sync.com or Syncthing</source>
        <translation>Sync.com o Syncthing</translation>
    </message>
    <message>
        <source>Proton Drive</source>
        <translation>Proton Drive</translation>
    </message>
    <message>
        <source>a cloud storage program</source>
        <translation>un programa de almacenamiento en la nube</translation>
    </message>
    <message>
        <source>Creative Cloud</source>
        <translation>Creative Cloud</translation>
    </message>
    <message>
        <source>Synology Cloud Station</source>
        <translation>Synology Cloud Station</translation>
    </message>
    <message>
        <source>a sync program</source>
        <translation>un programa de sincronización</translation>
    </message>
    <message>
        <source>it is on a network share, where other computers&apos; locks and writes cannot be relied on.</source>
        <translation>está en una carpeta de red, donde no se puede confiar en los bloqueos ni en la escritura de otras computadoras.</translation>
    </message>
    <message>
        <source>it is kept in sync by {whose}, which copies a database in the middle of a write and brings old copies back.</source>
        <translation>la sincroniza {whose}, que copia una base de datos en medio de una escritura y trae de vuelta copias viejas.</translation>
    </message>
    <message>
        <source>The clinic cannot be kept in this folder: {reason} Nothing was changed. Choose a folder on a disk of this computer with --data-dir, or move the clinic&apos;s whole folder to one while the program is closed. Backups may go to such a place.</source>
        <translation>La clínica no se puede guardar en esta carpeta: {reason} Nada cambió. Elija una carpeta en un disco de esta computadora con --data-dir, o mueva a uno la carpeta entera de la clínica con el programa cerrado. Los respaldos sí pueden ir a un sitio así.</translation>
    </message>
    <message>
        <source>This clinic&apos;s database is being replaced at this moment: a change of its key, an upgrade or a restoration. Nothing was changed. Wait until that has finished, then try again.</source>
        <translation>En este momento se está reemplazando la base de datos de esta clínica: un cambio de su clave, una actualización o una restauración. Nada cambió. Espere a que termine y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>This clinic is open in another window or command, so its database cannot be replaced. Nothing was changed. Close the clinic everywhere else, then try again.</source>
        <translation>Esta clínica está abierta en otra ventana u otro comando, así que su base de datos no se puede reemplazar. Nada cambió. Cierre la clínica en todos los demás lugares y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Another window or command took this clinic&apos;s database to replace it, so the clinic was closed here. What was stored is safe. Wait until that has finished, then log in again.</source>
        <translation>Otra ventana u otro comando tomó la base de datos de esta clínica para reemplazarla, así que la clínica se cerró aquí. Lo guardado está a salvo. Espere a que termine y vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>The database says that it is of several forms at once: its number was changed past mnclinic. Nothing was changed. Restore the newest backup.</source>
        <translation>La base de datos dice ser de varias formas a la vez: su número se cambió al margen de mnclinic. No se cambió nada. Restaure el respaldo más reciente.</translation>
    </message>
    <message>
        <source>The database in this folder holds no clinic. Nothing was changed. Restore the newest backup.</source>
        <translation>La base de datos de esta carpeta no contiene ninguna clínica. Nada cambió. Restaure el respaldo más nuevo.</translation>
    </message>
    <message>
        <source>This clinic was last opened by a newer mnclinic (data form {found}); this one knows {newest}. Nothing was changed. Install the newer mnclinic to open it.</source>
        <translation>Esta clínica la abrió por última vez un mnclinic más nuevo (forma de datos {found}); este conoce {newest}. Nada cambió. Instale el mnclinic más nuevo para abrirla.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk to copy the clinic&apos;s database before it is brought to the new form, so that was not begun. Nothing was changed. Free some space on the disk, then log in again.</source>
        <translation>No hay lugar suficiente en el disco para copiar la base de datos de la clínica antes de llevarla a la forma nueva, así que no se empezó. Nada cambió. Libere espacio en el disco y vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>The clinic&apos;s data could not be brought to the new form: the check found a difference in {part1}. Nothing was changed. Keep using the earlier mnclinic and ask for help.</source>
        <translation>Los datos de la clínica no se pudieron llevar a la forma nueva: la revisión encontró una diferencia en {part1}. Nada cambió. Siga usando el mnclinic anterior y pida ayuda.</translation>
    </message>
    <message>
        <source>The clinic&apos;s data could not be brought to the new form: rows would have lost what they belong to. Nothing was changed. Keep using the earlier mnclinic and ask for help.</source>
        <translation>Los datos de la clínica no se pudieron llevar a la forma nueva: algunas filas habrían perdido aquello a lo que pertenecen. Nada cambió. Siga usando el mnclinic anterior y pida ayuda.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk to write the clinic&apos;s database anew, so its key was not changed. Nothing was changed. Free some space on the disk, then try again.</source>
        <translation>No hay lugar suficiente en el disco para escribir de nuevo la base de datos de la clínica, así que no se cambió su clave. Nada cambió. Libere espacio en el disco y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The disk is full, so this was not saved. Nothing else was changed and everything saved before is safe. Free some space on the disk, then save again.</source>
        <translation>El disco está lleno, así que esto no se guardó. Nada más cambió y todo lo guardado antes está a salvo. Libere espacio en el disco y guarde otra vez.</translation>
    </message>
    <message>
        <source>The disk is full, so this was not saved. Nothing else was changed and everything saved before is safe. A reserve was given up for you: save again now, then free some space on the disk.</source>
        <translation>El disco está lleno, así que esto no se guardó. Nada más cambió y todo lo guardado antes está a salvo. Se soltó una reserva para usted: guarde ahora otra vez y después libere espacio en el disco.</translation>
    </message>
    <message>
        <source>The clinic&apos;s folder cannot be written, so nothing was saved or changed. Check that the folder is not read-only and that you may write to it, then try again.</source>
        <translation>No se puede escribir en la carpeta de la clínica, así que nada se guardó ni cambió. Compruebe que la carpeta no sea de solo lectura y que usted pueda escribir en ella, y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Another program is writing to this clinic and did not finish in time. Nothing was changed. Wait a moment, then try again.</source>
        <translation>Otro programa está escribiendo en esta clínica y no terminó a tiempo. Nada cambió. Espere un momento y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>A document in the clinic&apos;s database cannot be read any more: another hand changed it. Nothing was saved or changed now. Check the store, which names what was changed; then restore the newest backup, or ask for help with this folder as it is.</source>
        <translation>Un documento de la base de datos de la clínica ya no se puede leer: otra mano lo cambió. Ahora no se guardó ni cambió nada. Revise los registros, que dirán qué se cambió; después restaure el respaldo más nuevo o pida ayuda con esta carpeta tal como está.</translation>
    </message>
    <message>
        <source>The clinic&apos;s files could not be read or written. Nothing half-done was kept. Check the disk, then try again.</source>
        <translation>Los archivos de la clínica no se pudieron leer o escribir. Nada quedó a medias. Revise el disco y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>{misfit} does not fit the format</source>
        <translation>{misfit} no encaja en el formato</translation>
    </message>
    <message>
        <source>{where}: the document nests too deeply</source>
        <translation>{where}: el documento está anidado demasiado hondo</translation>
    </message>
    <message>
        <source>{where}: the text holds half a character</source>
        <translation>{where}: el texto contiene medio carácter</translation>
    </message>
    <message>
        <source>{where}: the text is not in Unicode form NFC</source>
        <translation>{where}: el texto no está en la forma Unicode NFC</translation>
    </message>
    <message>
        <source>{where}: {name} has no place in a canonical document</source>
        <translation>{where}: {name} no tiene lugar en un documento canónico</translation>
    </message>
    <message>
        <source>{where}: the number is too large</source>
        <translation>{where}: el número es demasiado grande</translation>
    </message>
    <message>
        <source>{where}: a key is not text</source>
        <translation>{where}: una clave no es texto</translation>
    </message>
    <message>
        <source>This is not a log entry in canonical form.</source>
        <translation>Esto no es una entrada de la bitácora en forma canónica.</translation>
    </message>
    <message>
        <source>This entry is signed with a key that is not in the register.</source>
        <translation>Esta entrada está firmada con una clave que no está en el registro.</translation>
    </message>
    <message>
        <source>This entry names a time that no clock shows.</source>
        <translation>Esta entrada nombra una hora que ningún reloj muestra.</translation>
    </message>
    <message>
        <source>The newest time that this entry carries is not the one of the entries up to it.</source>
        <translation>La hora más nueva que lleva esta entrada no es la de las entradas hasta ella.</translation>
    </message>
    <message>
        <source>This entry says otherwise than its times whether the clock had been set back.</source>
        <translation>Esta entrada dice, sobre si el reloj se había atrasado, algo distinto de lo que dicen sus horas.</translation>
    </message>
    <message>
        <source>The signature of this entry does not hold.</source>
        <translation>La firma de esta entrada no es válida.</translation>
    </message>
    <message>
        <source>This entry is in a form that this version of mnclinic cannot check.</source>
        <translation>Esta entrada está en una forma que esta versión de mnclinic no puede revisar.</translation>
    </message>
    <message>
        <source>This entry is of another clinic.</source>
        <translation>Esta entrada es de otra clínica.</translation>
    </message>
    <message>
        <source>This entry carries another number: one is missing, added or moved.</source>
        <translation>Esta entrada lleva otro número: falta una, se agregó o se movió.</translation>
    </message>
    <message>
        <source>This entry does not follow the entry before it.</source>
        <translation>Esta entrada no sigue a la anterior.</translation>
    </message>
    <message>
        <source>This entry does not follow the entry before it about the same person.</source>
        <translation>Esta entrada no sigue a la anterior sobre la misma persona.</translation>
    </message>
    <message>
        <source>This entry counts the entries of a person whom it does not name.</source>
        <translation>Esta entrada cuenta las entradas de una persona que no nombra.</translation>
    </message>
    <message>
        <source>I add this to the signed record, which stays as it was signed.</source>
        <translation>Agrego esto al expediente firmado, que queda como se firmó.</translation>
    </message>
    <message>
        <source>I correct this field of the signed record. What was signed stays readable beside it.</source>
        <translation>Corrijo este campo del expediente firmado. Lo que se firmó sigue legible al lado.</translation>
    </message>
    <message>
        <source>I enter late what happened at the time stated here. The signed record stays as it was signed.</source>
        <translation>Anoto tarde lo que ocurrió a la hora indicada aquí. El expediente firmado queda como se firmó.</translation>
    </message>
    <message>
        <source>This visit was filed to the wrong patient. The signed record stays where it is, with this mark.</source>
        <translation>Esta visita se archivó con el paciente equivocado. El expediente firmado queda donde está, con esta marca.</translation>
    </message>
    <message>
        <source>This is no statement of anybody, so nothing is corrected in it.</source>
        <translation>Esto no lo declara nadie, así que no se corrige nada en ello.</translation>
    </message>
    <message>
        <source>Whose visit it is stays signed. If it is somebody else&apos;s, file it as of the wrong patient.</source>
        <translation>De quién es la visita queda firmado. Si es de otra persona, márquela como archivada con el paciente equivocado.</translation>
    </message>
    <message>
        <source>Who performed it stands with their own signature. Write an addendum.</source>
        <translation>Quién trató consta con su propia firma. Escriba una adenda.</translation>
    </message>
    <message>
        <source>The consent is what the patient signed. Write an addendum.</source>
        <translation>El consentimiento es lo que firmó el paciente. Escriba una adenda.</translation>
    </message>
    <message>
        <source>An order is the director&apos;s own words. Write an addendum.</source>
        <translation>Una orden son palabras de la dirección médica. Escriba una adenda.</translation>
    </message>
    <message>
        <source>Two people gave their word for what they read back. Write an addendum.</source>
        <translation>Dos personas dieron su palabra de lo que releyeron. Escriba una adenda.</translation>
    </message>
    <message>
        <source>At most {longest_text} characters.</source>
        <translation>Como máximo {longest_text} caracteres.</translation>
    </message>
    <message>
        <source>This is a group of fields. Correct one field at a time.</source>
        <translation>Esto es un grupo de campos. Corrija un campo a la vez.</translation>
    </message>
    <message>
        <source>The record says something else there now. Look at it again.</source>
        <translation>El expediente dice ahora otra cosa ahí. Mírelo de nuevo.</translation>
    </message>
    <message>
        <source>The record says that already. Write what is right.</source>
        <translation>El expediente ya dice eso. Escriba lo correcto.</translation>
    </message>
    <message>
        <source>Write what is to be added.</source>
        <translation>Escriba lo que hay que agregar.</translation>
    </message>
    <message>
        <source>This kind has no text of its own. Write it as the reason, or as an addendum.</source>
        <translation>Este tipo no tiene texto propio. Escríbalo como motivo, o como adenda.</translation>
    </message>
    <message>
        <source>State when it happened.</source>
        <translation>Indique cuándo ocurrió.</translation>
    </message>
    <message>
        <source>The record has no such field. Choose one that it has.</source>
        <translation>El expediente no tiene ese campo. Elija uno que tenga.</translation>
    </message>
    <message>
        <source>This step is confirmed twice.</source>
        <translation>Este paso está confirmado dos veces.</translation>
    </message>
    <message>
        <source>The label was read back before the blood was drawn.</source>
        <translation>La etiqueta se releyó antes de extraer la sangre.</translation>
    </message>
    <message>
        <source>The lower pressure is not below the upper one.</source>
        <translation>La presión baja no es menor que la alta.</translation>
    </message>
    <message>
        <source>It was spun before it was drawn.</source>
        <translation>Se centrifugó antes de extraerse.</translation>
    </message>
    <message>
        <source>This spin was before the last one.</source>
        <translation>Este giro fue antes que el anterior.</translation>
    </message>
    <message>
        <source>A rotor&apos;s radius is above zero.</source>
        <translation>El radio de un rotor es mayor que cero.</translation>
    </message>
    <message>
        <source>It was spun after it was applied.</source>
        <translation>Se centrifugó después de aplicarse.</translation>
    </message>
    <message>
        <source>Usual {soft_min_mm} to {soft_max_mm} mm and at most {pass_count_max} passes; above {acknowledge_above_mm} mm the director decides.</source>
        <translation>Habitual de {soft_min_mm} a {soft_max_mm} mm y como máximo {pass_count_max} pasadas; por encima de {acknowledge_above_mm} mm decide la dirección.</translation>
    </message>
    <message>
        <source>{place}: {pass_count} passes are over {most}, which is the most that is recorded.</source>
        <translation>{place}: {pass_count} pasadas superan {most}, lo máximo que se registra.</translation>
    </message>
    <message>
        <source>{place}: {pass_count} passes are more than the usual {usual} of {protocol_words}.</source>
        <translation>{place}: {pass_count} pasadas son más que las {usual} habituales de {protocol_words}.</translation>
    </message>
    <message>
        <source>Over-the-counter lidocaine: the FDA warned on 2024-03-26 against more than 4 %, against large or irritated areas, and against covering it.</source>
        <translation>Lidocaína sin receta: la FDA advirtió el 2024-03-26 contra más del 4 %, contra zonas grandes o irritadas y contra cubrirla.</translation>
    </message>
    <message>
        <source>Label of lidocaine 2.5 % and prilocaine 2.5 %, read 2026-11: intact skin, 2 g on 10 cm2, at least 60 minutes; not near the eyes.</source>
        <translation>Etiqueta de lidocaína 2.5 % y prilocaína 2.5 %, leída en 2026-11: piel intacta, 2 g en 10 cm2, al menos 60 minutos; no cerca de los ojos.</translation>
    </message>
    <message>
        <source>Label of lidocaine 7 % and tetracaine 7 %, read 2026-11: adults, intact skin, 20 to 60 minutes, its table ends at 53 g on 400 cm2.</source>
        <translation>Etiqueta de lidocaína 7 % y tetracaína 7 %, leída en 2026-11: adultos, piel intacta, de 20 a 60 minutos, su tabla termina en 53 g en 400 cm2.</translation>
    </message>
    <message>
        <source>{rpm} × g at this radius.</source>
        <translation>{rpm} × g con este radio.</translation>
    </message>
    <message>
        <source>The policy&apos;s limit is {max_area_cm2} cm².</source>
        <translation>El límite de la política es {max_area_cm2} cm².</translation>
    </message>
    <message>
        <source>Still on: it comes off, and is wiped off fully, before the first needle.</source>
        <translation>Sigue puesto: se retira y se limpia del todo antes de la primera aguja.</translation>
    </message>
    <message>
        <source>the clinic&apos;s own name</source>
        <translation>el nombre que le da la clínica</translation>
    </message>
    <message>
        <source>model</source>
        <translation>modelo</translation>
    </message>
    <message>
        <source>maker</source>
        <translation>fabricante</translation>
    </message>
    <message>
        <source>serial number</source>
        <translation>número de serie</translation>
    </message>
    <message>
        <source>UDI</source>
        <translation>UDI</translation>
    </message>
    <message>
        <source>clearance number</source>
        <translation>número de autorización</translation>
    </message>
    <message>
        <source>how it works</source>
        <translation>cómo funciona</translation>
    </message>
    <message>
        <source>mechanical maximum</source>
        <translation>máximo mecánico</translation>
    </message>
    <message>
        <source>step of depth</source>
        <translation>paso de profundidad</translation>
    </message>
    <message>
        <source>depth evaluated in the label</source>
        <translation>profundidad evaluada en la etiqueta</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>velocidad</translation>
    </message>
    <message>
        <source>minimum age</source>
        <translation>edad mínima</translation>
    </message>
    <message>
        <source>indications</source>
        <translation>indicaciones</translation>
    </message>
    <message>
        <source>topicals on the label</source>
        <translation>tópicos de la etiqueta</translation>
    </message>
    <message>
        <source>days between services</source>
        <translation>días entre servicios</translation>
    </message>
    <message>
        <source>days between cleanings</source>
        <translation>días entre limpiezas</translation>
    </message>
    <message>
        <source>days between calibrations</source>
        <translation>días entre calibraciones</translation>
    </message>
    <message>
        <source>source</source>
        <translation>fuente</translation>
    </message>
    <message>
        <source>Write each as: facial acne scars I-VI. Between two of them stands a semicolon.</source>
        <translation>Escriba cada una así: facial acne scars I-VI. Entre dos va un punto y coma.</translation>
    </message>
    <message>
        <source>The phototypes of {code} go from I to VI, as I-IV or II, III.</source>
        <translation>Los fototipos de {code} van de I a VI, como I-IV o II, III.</translation>
    </message>
    <message>
        <source>The register has another serial number. Is this the label of this device?</source>
        <translation>El registro tiene otro número de serie. ¿Es esta la etiqueta de este dispositivo?</translation>
    </message>
    <message>
        <source>The register has another number. Correct the register, or look at the label again.</source>
        <translation>El registro tiene otro número. Corrija el registro o mire otra vez la etiqueta.</translation>
    </message>
    <message>
        <source>{place}: {depth_mm} mm is no setting of the device; its steps are {step_mm} mm.</source>
        <translation>{place}: {depth_mm} mm no es un ajuste del dispositivo; sus pasos son de {step_mm} mm.</translation>
    </message>
    <message>
        <source>{place}: {speed_rpm} rpm is slower than the {slowest} rpm of {words}.</source>
        <translation>{place}: {speed_rpm} rpm es más lento que las {slowest} rpm de {words}.</translation>
    </message>
    <message>
        <source>{place}: {speed_rpm} rpm is faster than the {fastest} rpm of {words}.</source>
        <translation>{place}: {speed_rpm} rpm es más rápido que las {fastest} rpm de {words}.</translation>
    </message>
    <message>
        <source>{name} is still on: nobody wrote down when it came off. Needling begins after that.</source>
        <translation>{name} sigue puesto: nadie anotó cuándo se retiró. Las agujas empiezan después.</translation>
    </message>
    <message>
        <source>Nobody confirmed that {name} was wiped off fully before needling.</source>
        <translation>Nadie confirmó que {name} se retiró del todo antes de las agujas.</translation>
    </message>
    <message>
        <source>The centrifuge held another person&apos;s tubes too.</source>
        <translation>En la centrífuga había también tubos de otra persona.</translation>
    </message>
    <message>
        <source>Nobody here has this user name: {unknown}. The PRP names them.</source>
        <translation>Nadie aquí tiene este nombre de usuario: {unknown}. El PRP lo nombra.</translation>
    </message>
    <message>
        <source>The policy does not let {name} draw blood.</source>
        <translation>La política no permite que {name} extraiga sangre.</translation>
    </message>
    <message>
        <source>The way of the PRP is not whole. Still to be written down: {missing}.</source>
        <translation>El recorrido del PRP no está completo. Falta anotar: {missing}.</translation>
    </message>
    <message>
        <source>Nobody has read the tube&apos;s label back against the patient yet. Two people do, before spinning and again before use.</source>
        <translation>Nadie ha releído todavía la etiqueta del tubo ante el paciente. Lo hacen dos personas, antes de centrifugar y otra vez antes de usarlo.</translation>
    </message>
    <message>
        <source>The tube&apos;s label was not read back before it was spun.</source>
        <translation>La etiqueta del tubo no se releyó antes de centrifugarlo.</translation>
    </message>
    <message>
        <source>The tube&apos;s label was not read back again after spinning and before the PRP was used.</source>
        <translation>La etiqueta del tubo no se releyó otra vez después de centrifugar y antes de usar el PRP.</translation>
    </message>
    <message>
        <source>Not confirmed of what {words} asks against infection: {missing}</source>
        <translation>Sin confirmar de lo que pide {words} contra infecciones: {missing}</translation>
    </message>
    <message>
        <source>{name} was still on when needling began: it came off after that.</source>
        <translation>{name} seguía puesto cuando empezaron las agujas: se retiró después.</translation>
    </message>
    <message>
        <source>{name} was not wiped off fully. It is not made for skin that is broken by needles.</source>
        <translation>{name} no se retiró del todo. No está hecho para piel abierta por agujas.</translation>
    </message>
    <message>
        <source>The tube&apos;s label does not name this patient. This blood must not be used here.</source>
        <translation>La etiqueta del tubo no nombra a este paciente. Esta sangre no debe usarse aquí.</translation>
    </message>
    <message>
        <source>Nobody wrote down what stands on the tube&apos;s label: name and date of birth.</source>
        <translation>Nadie anotó lo que dice la etiqueta del tubo: nombre y fecha de nacimiento.</translation>
    </message>
    <message>
        <source>Nobody confirmed that the centrifuge held this patient&apos;s tubes alone.</source>
        <translation>Nadie confirmó que en la centrífuga había solo tubos de este paciente.</translation>
    </message>
    <message>
        <source>{name} was still on when the treatment ended: it came off after that.</source>
        <translation>{name} seguía puesto cuando terminó el tratamiento: se retiró después.</translation>
    </message>
    <message>
        <source>The tube&apos;s label has another birth date than this patient. It must not be used here.</source>
        <translation>La etiqueta del tubo tiene otra fecha de nacimiento que este paciente. No debe usarse aquí.</translation>
    </message>
    <message>
        <source>when the blood was drawn</source>
        <translation>cuándo se extrajo la sangre</translation>
    </message>
    <message>
        <source>who drew it</source>
        <translation>quién la extrajo</translation>
    </message>
    <message>
        <source>how it was spun</source>
        <translation>cómo se centrifugó</translation>
    </message>
    <message>
        <source>when it was applied</source>
        <translation>cuándo se aplicó</translation>
    </message>
    <message>
        <source>who applied it</source>
        <translation>quién lo aplicó</translation>
    </message>
    <message>
        <source>Nobody has held this device&apos;s numbers against its label yet. Do it with the label in hand, under Devices and supplies.</source>
        <translation>Nadie ha comparado aún los números de este dispositivo con su etiqueta. Hágalo con la etiqueta en la mano, en Dispositivos y suministros.</translation>
    </message>
    <message>
        <source>{title} is written for {wanted} devices, and this one is {device_class}.</source>
        <translation>{title} está escrito para dispositivos de tipo {wanted}, y este es {device_class}.</translation>
    </message>
    <message>
        <source>{title} names the cartridges that may be used, and the lot {lot} is not in the register, so nobody can tell which it is. Add the lot.</source>
        <translation>{title} nombra los cartuchos que pueden usarse, y el lote {lot} no está en el registro, así que nadie puede saber cuál es. Agregue el lote.</translation>
    </message>
    <message>
        <source>{title} does not name this cartridge, {name}.</source>
        <translation>{title} no nombra este cartucho, {name}.</translation>
    </message>
    <message>
        <source>No last day: all of it is kept.</source>
        <translation>Sin último día: se guarda todo.</translation>
    </message>
    <message>
        <source>What the consent text itself says of it.</source>
        <translation>Lo que diga de ello el propio texto de consentimiento.</translation>
    </message>
    <message>
        <source>No policy is in force, so nothing says until when. It is kept.</source>
        <translation>No hay política en vigor, así que nada dice hasta cuándo. Se guarda.</translation>
    </message>
    <message>
        <source>The date of birth is not known, so nobody can tell whether the rule for minors counts. It is kept.</source>
        <translation>No se sabe la fecha de nacimiento, así que nadie puede decir si cuenta la regla de menores. Se guarda.</translation>
    </message>
    <message>
        <source>the last visit</source>
        <translation>la última visita</translation>
    </message>
    <message>
        <source>the last day on which the paper was in effect</source>
        <translation>el último día en que el documento estuvo vigente</translation>
    </message>
    <message>
        <source>the training</source>
        <translation>la capacitación</translation>
    </message>
    <message>
        <source>the end of the year of the injury</source>
        <translation>el fin del año de la lesión</translation>
    </message>
    <message>
        <source>the end of the employment</source>
        <translation>el fin del empleo</translation>
    </message>
    <message>
        <source>the entry</source>
        <translation>la entrada</translation>
    </message>
    <message>
        <source>{years} years after {part2}, on {begins}</source>
        <translation>{years} años después de {part2}, el {begins}</translation>
    </message>
    <message>
        <source>the record was made</source>
        <translation>la creación del expediente</translation>
    </message>
    <message>
        <source>a minor then: at least until the age of {age}</source>
        <translation>era menor: al menos hasta los {age} años de edad</translation>
    </message>
    <message>
        <source>a minor then: at least {years} years after {since}, on {on}</source>
        <translation>era menor: al menos {years} años después de {since}, el {on}</translation>
    </message>
    <message>
        <source>The policy does not say it: “{words}” is not known. It is kept.</source>
        <translation>La política no lo dice: “{words}” no se sabe. Se guarda.</translation>
    </message>
    <message>
        <source>{years} years after {since}, on {on}</source>
        <translation>{years} años después de {since}, el {on}</translation>
    </message>
    <message>
        <source>This is no lot: letters, digits and - . / _ # : + *, at most {longest_lot} characters.</source>
        <translation>Esto no es un lote: letras, dígitos y - . / _ # : + *, como máximo {longest_lot} caracteres.</translation>
    </message>
    <message>
        <source>This area was begun before the visit began.</source>
        <translation>Esta zona se empezó antes de que empezara la visita.</translation>
    </message>
    <message>
        <source>This area was done before it was begun.</source>
        <translation>Esta zona se terminó antes de empezarla.</translation>
    </message>
    <message>
        <source>This lies after the end of the treatment.</source>
        <translation>Esto es posterior al fin del tratamiento.</translation>
    </message>
    <message>
        <source>This area was done before the visit began.</source>
        <translation>Esta zona se terminó antes de que empezara la visita.</translation>
    </message>
    <message>
        <source>amend a signed visit</source>
        <translation>enmendar una visita firmada</translation>
    </message>
    <message>
        <source>mark an amendment as seen</source>
        <translation>marcar una enmienda como vista</translation>
    </message>
    <message>
        <source>record the director&apos;s visit to the clinic</source>
        <translation>anotar la visita de la dirección a la clínica</translation>
    </message>
    <message>
        <source>record an emergency drill</source>
        <translation>anotar un simulacro de emergencia</translation>
    </message>
    <message>
        <source>confirm a device&apos;s numbers from its label</source>
        <translation>confirmar los números de un dispositivo por su etiqueta</translation>
    </message>
    <message>
        <source>add a lot</source>
        <translation>agregar un lote</translation>
    </message>
    <message>
        <source>quarantine or recall a device or lot</source>
        <translation>poner en cuarentena o retirar un dispositivo o lote</translation>
    </message>
    <message>
        <source>release a device or lot</source>
        <translation>liberar un dispositivo o lote</translation>
    </message>
    <message>
        <source>{what} {nothing} Name another folder.</source>
        <translation>{what} {nothing} Indique otra carpeta.</translation>
    </message>
    <message>
        <source>This name is longer than any disk can hold.</source>
        <translation>Este nombre es más largo de lo que admite cualquier disco.</translation>
    </message>
    <message>
        <source>This name is a link that leads round in a circle.</source>
        <translation>Este nombre es un enlace que da vueltas en círculo.</translation>
    </message>
    <message>
        <source>The clinic&apos;s data could not be brought to the new form: a table or the search index would have been damaged. Nothing was changed. Keep using the earlier mnclinic and ask for help.</source>
        <translation>Los datos de la clínica no se pudieron llevar a la forma nueva: una tabla o el índice de búsqueda se habría dañado. Nada cambió. Siga usando el mnclinic anterior y pida ayuda.</translation>
    </message>
    <message>
        <source>This key is listed twice.</source>
        <translation>Esta clave aparece dos veces.</translation>
    </message>
    <message>
        <source>This is not a public key that can be used.</source>
        <translation>Esto no es una clave pública que se pueda usar.</translation>
    </message>
    <message>
        <source>This key is of another clinic.</source>
        <translation>Esta clave es de otra clínica.</translation>
    </message>
    <message>
        <source>The id of this key is not the fingerprint of its public key.</source>
        <translation>El id de esta clave no es la huella de su clave pública.</translation>
    </message>
    <message>
        <source>The holder of this key does not fit its purpose.</source>
        <translation>El titular de esta clave no corresponde a su propósito.</translation>
    </message>
    <message>
        <source>The proof that somebody holds this key does not hold.</source>
        <translation>La prueba de que alguien tiene esta clave no es válida.</translation>
    </message>
    <message>
        <source>The signature of somebody who vouches for this key does not hold.</source>
        <translation>La firma de alguien que avala esta clave no es válida.</translation>
    </message>
    <message>
        <source>No chain of vouchers leads from the director&apos;s key to this key.</source>
        <translation>Ninguna cadena de avales lleva de la clave de la dirección a esta clave.</translation>
    </message>
    <message>
        <source>This line is not a key in the form of the register.</source>
        <translation>Esta línea no es una clave en la forma del registro.</translation>
    </message>
    <message>
        <source>The birth date is not in a form that can be read as a date.</source>
        <translation>La fecha de nacimiento no está en una forma que se pueda leer como fecha.</translation>
    </message>
    <message>
        <source>The birth date is not a day in the calendar.</source>
        <translation>La fecha de nacimiento no es un día del calendario.</translation>
    </message>
    <message>
        <source>The birth date lies in the future.</source>
        <translation>La fecha de nacimiento está en el futuro.</translation>
    </message>
    <message>
        <source>The birth date is more than {oldest_age_years} years ago.</source>
        <translation>La fecha de nacimiento es de hace más de {oldest_age_years} años.</translation>
    </message>
    <message>
        <source>The year of birth has two digits and could be in either century.</source>
        <translation>El año de nacimiento tiene dos dígitos y podría ser de cualquiera de los dos siglos.</translation>
    </message>
    <message>
        <source>The birth date comes with a time of day, so its day is not certain.</source>
        <translation>La fecha de nacimiento viene con una hora, así que su día no es seguro.</translation>
    </message>
    <message>
        <source>The birth date is a bare number. Format the column as dates and export again.</source>
        <translation>La fecha de nacimiento es un número suelto. Dé formato de fecha a la columna y exporte otra vez.</translation>
    </message>
    <message>
        <source>The birth date does not fit the order of the column: {part1}.</source>
        <translation>La fecha de nacimiento no encaja en el orden de la columna: {part1}.</translation>
    </message>
    <message>
        <source>The dates in the column “{column}” contradict each other. Nothing was imported. {only_so}Correct them, or say the order with --date-order mdy, dmy or ymd; rows that do not fit it will be refused one by one.</source>
        <translation>Las fechas de la columna “{column}” se contradicen. Nada se importó. {only_so}Corríjalas, o diga el orden con --date-order mdy, dmy o ymd; las filas que no encajen se rechazarán una por una.</translation>
    </message>
    <message>
        <source>The dates in the column “{column}” can be read {ways}, and none of them proves which. Nothing was imported. Say it with --date-order mdy (month first), dmy (day first) or ymd.</source>
        <translation>Las fechas de la columna “{column}” se pueden leer {ways}, y ninguna prueba cuál. Nada se importó. Dígalo con --date-order mdy (mes primero), dmy (día primero) o ymd.</translation>
    </message>
    <message>
        <source>The order that was said, {part1}, is not the one in the column “{column}”. Nothing was imported. {only_so}Leave --date-order out or say the right one.</source>
        <translation>El orden que se dijo, {part1}, no es el de la columna “{column}”. Nada se importó. {only_so}Omita --date-order o diga el correcto.</translation>
    </message>
    <message>
        <source>Line {line} can only be {part2}. </source>
        <translation>La línea {line} solo puede ser {part2}. </translation>
    </message>
    <message>
        <source>This date can only be read {part1}.</source>
        <translation>Esta fecha solo se puede leer {part1}.</translation>
    </message>
    <message>
        <source>This line names nobody.</source>
        <translation>Esta línea no nombra a nadie.</translation>
    </message>
    <message>
        <source>The day in this line is none in the calendar, or is written in a form that can be misread.</source>
        <translation>El día de esta línea no existe en el calendario, o está escrito de una forma que se puede leer mal.</translation>
    </message>
    <message>
        <source>The day in this line does not fit the order of the others.</source>
        <translation>El día de esta línea no encaja en el orden de las demás.</translation>
    </message>
    <message>
        <source>The time in this line is none, or could be at night or after noon. Write 09:30 or 1:30 pm.</source>
        <translation>La hora de esta línea no existe, o podría ser de la noche o de la tarde. Escriba 09:30 o 1:30 pm.</translation>
    </message>
    <message>
        <source>More than one service of this clinic is called so.</source>
        <translation>Más de un servicio de esta clínica se llama así.</translation>
    </message>
    <message>
        <source>This clinic has no such service.</source>
        <translation>Esta clínica no tiene ese servicio.</translation>
    </message>
    <message>
        <source>Nobody who treats here is called so.</source>
        <translation>Nadie que trate aquí se llama así.</translation>
    </message>
    <message>
        <source>More than one person who treats here is called so.</source>
        <translation>Más de una persona que trata aquí se llama así.</translation>
    </message>
    <message>
        <source>This is too much text for a day&apos;s list. Nothing was planned. Paste the lines of the list alone.</source>
        <translation>Es demasiado texto para la lista de un día. Nada se planificó. Pegue solo las líneas de la lista.</translation>
    </message>
    <message>
        <source>This list has more than {most_lines} lines. Nothing was planned. Bring it in in parts.</source>
        <translation>Esta lista tiene más de {most_lines} líneas. Nada se planificó. Tráigala por partes.</translation>
    </message>
    <message>
        <source>The picture was not taken. Nothing was stored, and the file is as it was.</source>
        <translation>La imagen no se aceptó. No se guardó nada, y el archivo está como estaba.</translation>
    </message>
    <message>
        <source>The picture cannot be opened: the computer started no process for it. Nothing was stored. Close other programs and try again.</source>
        <translation>La imagen no se puede abrir: el equipo no inició ningún proceso para ella. No se guardó nada. Cierre otros programas e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The file cannot be read. Nothing was stored. Name a file that is there.</source>
        <translation>El archivo no se puede leer. No se guardó nada. Indique un archivo que exista.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>El archivo no se puede leer.</translation>
    </message>
    <message>
        <source>This row has no name.</source>
        <translation>Esta fila no tiene nombre.</translation>
    </message>
    <message>
        <source>The name in this row is longer than {longest_name} characters.</source>
        <translation>El nombre de esta fila tiene más de {longest_name} caracteres.</translation>
    </message>
    <message>
        <source>This row ends too early: its name or its birth date is cut off.</source>
        <translation>Esta fila termina demasiado pronto: su nombre o su fecha de nacimiento está cortado.</translation>
    </message>
    <message>
        <source>This row has more cells than there are headings, so it is not certain which is which.</source>
        <translation>Esta fila tiene más celdas que encabezados, así que no es seguro cuál es cuál.</translation>
    </message>
    <message>
        <source>This row repeats the headings.</source>
        <translation>Esta fila repite los encabezados.</translation>
    </message>
    <message>
        <source>A letter in this row could not be read.</source>
        <translation>Una letra de esta fila no se pudo leer.</translation>
    </message>
    <message>
        <source>This row holds a NUL character, as damaged files do.</source>
        <translation>Esta fila contiene un carácter NUL, como los archivos dañados.</translation>
    </message>
    <message>
        <source>The name is kept whole as the last name: it does not say where the first name ends.</source>
        <translation>El nombre se guarda entero como apellido: no dice dónde termina el nombre de pila.</translation>
    </message>
    <message>
        <source>The row ended early; what it left out is not known.</source>
        <translation>La fila terminó antes; no se sabe qué le faltó.</translation>
    </message>
    <message>
        <source>Invisible characters were taken out of the text.</source>
        <translation>Se quitaron caracteres invisibles del texto.</translation>
    </message>
    <message>
        <source>No column with names was found. Nothing was imported. The first line has to name the columns, for example: Last name, First name, Birth date, Phone, Email.</source>
        <translation>No se encontró ninguna columna con nombres. Nada se importó. La primera línea tiene que nombrar las columnas, por ejemplo: Last name, First name, Birth date, Phone, Email.</translation>
    </message>
    <message>
        <source>Birth date as written: {text}</source>
        <translation>Fecha de nacimiento como está escrita: {text}</translation>
    </message>
    <message>
        <source>Birth date as written: {text}. The year was taken as {year}, because any other would lie in the future or too long ago.</source>
        <translation>Fecha de nacimiento como está escrita: {text}. El año se tomó como {year}, porque cualquier otro estaría en el futuro o demasiado atrás.</translation>
    </message>
    <message>
        <source>Skin type as written: {text}</source>
        <translation>Tipo de piel como está escrito: {text}</translation>
    </message>
    <message>
        <source>Email address as written: {text}</source>
        <translation>Correo electrónico como está escrito: {text}</translation>
    </message>
    <message>
        <source>Phone as written: {typed}</source>
        <translation>Teléfono como está escrito: {typed}</translation>
    </message>
    <message>
        <source>A quotation mark in this row is not closed, or stands in the middle of a cell.</source>
        <translation>Unas comillas de esta fila no se cierran, o están en medio de una celda.</translation>
    </message>
    <message>
        <source>A cell in this row is longer than {longest_cell} characters.</source>
        <translation>Una celda de esta fila tiene más de {longest_cell} caracteres.</translation>
    </message>
    <message>
        <source>This file has more than {most_rows} rows. Nothing was imported. Split the list into smaller files and import one after the other.</source>
        <translation>Este archivo tiene más de {most_rows} filas. Nada se importó. Divida la lista en archivos más pequeños e impórtelos uno tras otro.</translation>
    </message>
    <message>
        <source>{what} Nothing was imported. Export the list again as CSV (UTF-8) or as XLSX.</source>
        <translation>{what} Nada se importó. Exporte la lista otra vez como CSV (UTF-8) o como XLSX.</translation>
    </message>
    <message>
        <source>This file is empty. Nothing was imported. Export the list again.</source>
        <translation>Este archivo está vacío. Nada se importó. Exporte la lista otra vez.</translation>
    </message>
    <message>
        <source>UTF-8 with BOM</source>
        <translation>UTF-8 con BOM</translation>
    </message>
    <message>
        <source>This file is not text.</source>
        <translation>Este archivo no es texto.</translation>
    </message>
    <message>
        <source>{name}, damaged in places</source>
        <translation>{name}, dañado en algunas partes</translation>
    </message>
    <message>
        <source>This file is larger than {part1} MB. Nothing was imported. Check that it is the list of people, or split it into smaller files.</source>
        <translation>Este archivo tiene más de {part1} MB. Nada se importó. Compruebe que sea la lista de personas o divídala en archivos más pequeños.</translation>
    </message>
    <message>
        <source>There is no file with this name. Nothing was imported. Check the name and the folder.</source>
        <translation>No hay ningún archivo con este nombre. Nada se importó. Revise el nombre y la carpeta.</translation>
    </message>
    <message>
        <source>This file could not be opened. Nothing was imported. Close it in other programs, check that you may read it, and try again.</source>
        <translation>Este archivo no se pudo abrir. Nada se importó. Ciérrelo en otros programas, compruebe que usted pueda leerlo y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>This file is {kind}, not a list in CSV, TSV or XLSX form.</source>
        <translation>Este archivo es {kind}, no una lista en forma CSV, TSV o XLSX.</translation>
    </message>
    <message>
        <source>This file looks like UTF-16 text, but it is damaged.</source>
        <translation>Este archivo parece texto UTF-16, pero está dañado.</translation>
    </message>
    <message>
        <source>The letters in this file are neither in UTF-8 nor in Windows-1252.</source>
        <translation>Las letras de este archivo no están ni en UTF-8 ni en Windows-1252.</translation>
    </message>
    <message>
        <source>This workbook is damaged and cannot be read. Nothing was imported. Open it in the program that made it and save it again as XLSX or CSV (UTF-8).</source>
        <translation>Este libro está dañado y no se puede leer. Nada se importó. Ábralo en el programa que lo hizo y guárdelo otra vez como XLSX o CSV (UTF-8).</translation>
    </message>
    <message>
        <source>This workbook is too big to read. Nothing was imported. Delete cells that stand far from the list, or save the list as CSV (UTF-8).</source>
        <translation>Este libro es demasiado grande para leerlo. Nada se importó. Borre las celdas que estén lejos de la lista, o guarde la lista como CSV (UTF-8).</translation>
    </message>
    <message>
        <source>This workbook is empty. Nothing was imported. Export the list again.</source>
        <translation>Este libro está vacío. Nada se importó. Exporte la lista otra vez.</translation>
    </message>
    <message>
        <source>This workbook has {rosters} sheets that look like lists of people. Nothing was imported. Save the one you want as a workbook of its own.</source>
        <translation>Este libro tiene {rosters} hojas que parecen listas de personas. Nada se importó. Guarde la que quiere como un libro aparte.</translation>
    </message>
    <message>
        <source>This file is packed, but it is not an XLSX workbook. Nothing was imported. Save the list as CSV (UTF-8) or as XLSX.</source>
        <translation>Este archivo está comprimido, pero no es un libro XLSX. Nada se importó. Guarde la lista como CSV (UTF-8) o como XLSX.</translation>
    </message>
    <message>
        <source>Your access to this clinic begins on {begins}. Nothing was changed. Come back then, or ask an administrator.</source>
        <translation>Su acceso a esta clínica empieza el {begins}. Nada cambió. Vuelva entonces o pregunte a la administración.</translation>
    </message>
    <message>
        <source>Your access to this clinic ended on {ends}. Nothing was changed. Ask an administrator for more time.</source>
        <translation>Su acceso a esta clínica terminó el {ends}. Nada cambió. Pida más tiempo a la administración.</translation>
    </message>
    <message>
        <source>Your access to this clinic has no last day, and an inspector&apos;s needs one. Nothing was changed. Ask an administrator to add you anew, with a last day.</source>
        <translation>Su acceso a esta clínica no tiene último día, y el de quien inspecciona lo necesita. Nada cambió. Pida a la administración que le agregue de nuevo, con un último día.</translation>
    </message>
    <message>
        <source>An inspector&apos;s access needs a last day.</source>
        <translation>El acceso de quien inspecciona necesita un último día.</translation>
    </message>
    <message>
        <source>The last day of access lies before the first one.</source>
        <translation>El último día de acceso es anterior al primero.</translation>
    </message>
    <message>
        <source>An inspector&apos;s access lasts a year at most.</source>
        <translation>El acceso de quien inspecciona dura como máximo un año.</translation>
    </message>
    <message>
        <source>The last day of access has passed already.</source>
        <translation>El último día de acceso ya pasó.</translation>
    </message>
    <message>
        <source>The lot was not added. Correct what is marked and try again.</source>
        <translation>El lote no se agregó. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>Write the lot as it is printed, at most {longest_lot} characters, without a colon.</source>
        <translation>Escriba el lote tal como está impreso, como máximo {longest_lot} caracteres, sin dos puntos.</translation>
    </message>
    <message>
        <source>Choose what it is.</source>
        <translation>Elija qué es.</translation>
    </message>
    <message>
        <source>Write what it is called, at most {longest_name} characters.</source>
        <translation>Escriba cómo se llama, como máximo {longest_name} caracteres.</translation>
    </message>
    <message>
        <source>Enter the day on which it expires.</source>
        <translation>Introduzca el día en que caduca.</translation>
    </message>
    <message>
        <source>Enter the needle length from the label.</source>
        <translation>Introduzca la longitud de aguja de la etiqueta.</translation>
    </message>
    <message>
        <source>Only a cartridge has a needle length.</source>
        <translation>Solo un cartucho tiene longitud de aguja.</translation>
    </message>
    <message>
        <source>This lot is in the register already.</source>
        <translation>Este lote ya está en el registro.</translation>
    </message>
    <message>
        <source>It expired on {expires_on}.</source>
        <translation>Caducó el {expires_on}.</translation>
    </message>
    <message>
        <source>This person was not added yet. Correct what is marked and save again.</source>
        <translation>Esta persona todavía no se agregó. Corrija lo marcado y guarde otra vez.</translation>
    </message>
    <message>
        <source>Enter the last name.</source>
        <translation>Escriba el apellido.</translation>
    </message>
    <message>
        <source>Enter the first name.</source>
        <translation>Escriba el nombre.</translation>
    </message>
    <message>
        <source>Enter the date of birth.</source>
        <translation>Escriba la fecha de nacimiento.</translation>
    </message>
    <message>
        <source>Enter the date of birth as YYYY-MM-DD, for example 1990-04-23.</source>
        <translation>Escriba la fecha de nacimiento como AAAA-MM-DD, por ejemplo 1990-04-23.</translation>
    </message>
    <message>
        <source>The amendment was not signed, and the visit is as it was. Correct what is marked and try again.</source>
        <translation>La enmienda no se firmó y la visita está como estaba. Corrija lo marcado y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Nobody has signed visit {number}, so it is changed in itself and not amended.</source>
        <translation>Nadie ha firmado la visita {number}, así que se cambia en sí misma y no se enmienda.</translation>
    </message>
    <message>
        <source>Visit {number} is marked as filed to the wrong patient already. Nothing was changed.</source>
        <translation>La visita {number} ya está marcada como archivada con el paciente equivocado. Nada cambió.</translation>
    </message>
    <message>
        <source>The director returned visit {number} with a question. Nothing was changed. Answer it in the visit; what is signed then can be amended.</source>
        <translation>La dirección médica devolvió la visita {number} con una pregunta. Nada cambió. Respóndala en la visita; lo que se firme entonces se puede enmendar.</translation>
    </message>
    <message>
        <source>The record of visit {number} is not the one that was signed, so nothing is signed about it. Nothing was changed. Check the store; it names what was altered.</source>
        <translation>El expediente de la visita {number} no es el que se firmó, así que no se firma nada sobre él. Nada cambió. Revise el almacén; nombra lo que se alteró.</translation>
    </message>
    <message>
        <source>A signed visit is amended by whoever performed it, or by the director. Nothing was changed. Let one of them sign the amendment.</source>
        <translation>Una visita firmada la enmienda quien trató, o la dirección médica. Nada cambió. Que firme la enmienda una de esas personas.</translation>
    </message>
    <message>
        <source>Choose the field that is wrong.</source>
        <translation>Elija el campo que está mal.</translation>
    </message>
    <message>
        <source>Only a visit of the wrong patient names another.</source>
        <translation>Solo una visita del paciente equivocado nombra a otro.</translation>
    </message>
    <message>
        <source>That is the patient under whom it stands already.</source>
        <translation>Ese es el paciente con quien ya está.</translation>
    </message>
    <message>
        <source>Only a correction names a field.</source>
        <translation>Solo una corrección nombra un campo.</translation>
    </message>
    <message>
        <source>Write the value as JSON.</source>
        <translation>Escriba el valor como JSON.</translation>
    </message>
    <message>
        <source>This amendment is signed with a key that is not in the register.</source>
        <translation>Esta enmienda está firmada con una clave que no está en el registro.</translation>
    </message>
    <message>
        <source>The signature does not belong to the amendment that it stands under.</source>
        <translation>La firma no corresponde a la enmienda bajo la que está.</translation>
    </message>
    <message>
        <source>This amendment was signed for another record.</source>
        <translation>Esta enmienda se firmó para otro expediente.</translation>
    </message>
    <message>
        <source>Seen by {seen_by} as director {at}.</source>
        <translation>Vista por {seen_by} en la dirección médica {at}.</translation>
    </message>
    <message>
        <source>This amendment is in a form that this version of mnclinic cannot check.</source>
        <translation>Esta enmienda está en una forma que esta versión de mnclinic no puede comprobar.</translation>
    </message>
    <message>
        <source>What was signed in this amendment cannot be read any more.</source>
        <translation>Lo que se firmó en esta enmienda ya no se puede leer.</translation>
    </message>
    <message>
        <source>The file of answers nests too deeply. Nothing was done. Choose the right file.</source>
        <translation>El archivo de respuestas tiene demasiados niveles. No se hizo nada. Elija el archivo correcto.</translation>
    </message>
    <message>
        <source>Version {newer} took the place of this draft. Read that one and sign it.</source>
        <translation>La versión {newer} tomó el lugar de este borrador. Lea esa y fírmela.</translation>
    </message>
    <message>
        <source>The file was not kept. Nothing was stored. Correct what is marked and try again.</source>
        <translation>El archivo no se conservó. Nada se guardó. Corrija lo marcado y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>This file cannot be shown: it is missing from the clinic&apos;s folder, or it is not the one that was kept. Nothing was changed. Check the store, which names it; then restore the newest backup that has it.</source>
        <translation>Este archivo no se puede mostrar: falta en la carpeta de la clínica o no es el que se conservó. Nada cambió. Compruebe los datos, que lo nombran; luego restaure la copia de seguridad más reciente que lo tenga.</translation>
    </message>
    <message>
        <source>There is no such file. Nothing was changed. Look at the list again.</source>
        <translation>No existe ese archivo. Nada cambió. Mire la lista otra vez.</translation>
    </message>
    <message>
        <source>No file that was kept is called so.</source>
        <translation>Ningún archivo conservado se llama así.</translation>
    </message>
    <message>
        <source>Products are named for a topical alone.</source>
        <translation>Los productos solo se nombran para un tópico.</translation>
    </message>
    <message>
        <source>Nothing was stored.</source>
        <translation>No se guardó nada.</translation>
    </message>
    <message>
        <source>The backup of {newest} in {place} holds entries that this clinic&apos;s log lacks.</source>
        <translation>El respaldo del {newest} en {place} contiene entradas que faltan en la bitácora de esta clínica.</translation>
    </message>
    <message>
        <source>{lone} backups hold entries that this clinic&apos;s log lacks, the newest that of {newest} in {place}.</source>
        <translation>{lone} respaldos contienen entradas que faltan en la bitácora de esta clínica; el más reciente es el del {newest} en {place}.</translation>
    </message>
    <message>
        <source>{holds} They may be nowhere else, so no plan removes what holds them. To read them, restore that backup into an empty folder.</source>
        <translation>{holds} Puede que no estén en ningún otro lugar, así que ningún plan quita lo que las contiene. Para leerlas, restaure ese respaldo en una carpeta vacía.</translation>
    </message>
    <message>
        <source>reading the records</source>
        <translation>leyendo los registros</translation>
    </message>
    <message>
        <source>drawing the pages</source>
        <translation>dibujando las páginas</translation>
    </message>
    <message>
        <source>scans and files that no record in here names</source>
        <translation>escaneos y archivos que ningún registro de aquí nombra</translation>
    </message>
    <message>
        <source>photographs, which stay in the clinic</source>
        <translation>fotografías, que se quedan en la clínica</translation>
    </message>
    <message>
        <source>The device was not changed. Correct what is marked and try again.</source>
        <translation>El dispositivo no se modificó. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>photo {part1}</source>
        <translation>fotografía {part1}</translation>
    </message>
    <message>
        <source>Scans, photographs or withdrawn consents of people of this import are kept ({papers}), so it cannot be undone any more. Nobody was removed.</source>
        <translation>Hay guardados escaneos, fotografías o consentimientos retirados de personas de esta importación ({papers}), así que ya no se puede deshacer. No se quitó a nadie.</translation>
    </message>
    <message>
        <source>There is no such device in the register. Nothing was changed. See: mnclinic device list</source>
        <translation>No hay tal dispositivo en el registro. No se cambió nada. Vea: mnclinic device list</translation>
    </message>
    <message>
        <source>That is how this device stands already. Nothing was changed.</source>
        <translation>El dispositivo ya está así. No se cambió nada.</translation>
    </message>
    <message>
        <source>The lot was not changed. Correct what is marked and try again.</source>
        <translation>El lote no se modificó. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>There is no such lot in the register. Nothing was changed. See: mnclinic supply list</source>
        <translation>No hay tal lote en el registro. No se cambió nada. Vea: mnclinic supply list</translation>
    </message>
    <message>
        <source>That is how this lot stands already. Nothing was changed.</source>
        <translation>El lote ya está así. No se cambió nada.</translation>
    </message>
    <message>
        <source>This field belongs to {precare_2} and {aftercare_2}. Leave it out.</source>
        <translation>Este campo pertenece a {precare_2} y {aftercare_2}. Omítalo.</translation>
    </message>
    <message>
        <source>No service of the device was entered yet; one is asked for every {days} days.</source>
        <translation>Aún no se registró ningún servicio del dispositivo; se pide uno cada {days} días.</translation>
    </message>
    <message>
        <source>No cleaning of the device was entered yet; one is asked for every {days} days.</source>
        <translation>Aún no se registró ninguna limpieza del dispositivo; se pide una cada {days} días.</translation>
    </message>
    <message>
        <source>No calibration of the device was entered yet; one is asked for every {days} days.</source>
        <translation>Aún no se registró ninguna calibración del dispositivo; se pide una cada {days} días.</translation>
    </message>
    <message>
        <source>The device&apos;s service was due by {day}.</source>
        <translation>El servicio del dispositivo debía hacerse hasta el {day}.</translation>
    </message>
    <message>
        <source>The device&apos;s cleaning was due by {day}.</source>
        <translation>La limpieza del dispositivo debía hacerse hasta el {day}.</translation>
    </message>
    <message>
        <source>The device&apos;s calibration was due by {day}.</source>
        <translation>La calibración del dispositivo debía hacerse hasta el {day}.</translation>
    </message>
    <message>
        <source>Choose what was done.</source>
        <translation>Elija qué se hizo.</translation>
    </message>
    <message>
        <source>Enter the day on which it was done.</source>
        <translation>Escriba el día en que se hizo.</translation>
    </message>
    <message>
        <source>Write who did it, at most {longest_done_by} characters.</source>
        <translation>Escriba quién lo hizo, como máximo {longest_done_by} caracteres.</translation>
    </message>
    <message>
        <source>At most {longest_care_note} characters.</source>
        <translation>Como máximo {longest_care_note} caracteres.</translation>
    </message>
    <message>
        <source>{protocol} names the sheet {form}, and the director has no version of it in force.</source>
        <translation>{protocol} nombra la hoja {form} y el director no tiene ninguna versión de ella en vigor.</translation>
    </message>
    <message>
        <source>The sheet about preparing is not {form}, which the protocol names, as it was approved.</source>
        <translation>La hoja de preparación no es {form}, que nombra el protocolo, tal como se aprobó.</translation>
    </message>
    <message>
        <source>Give the aftercare sheet that the protocol names, and say which one was given.</source>
        <translation>Entregue la hoja de cuidados posteriores que nombra el protocolo e indique cuál se entregó.</translation>
    </message>
    <message>
        <source>The aftercare sheet is not {form}, which the protocol names, as it is in force.</source>
        <translation>La hoja de cuidados posteriores no es {form}, que nombra el protocolo, tal como está en vigor.</translation>
    </message>
    <message>
        <source>This is session {part1} under the order of {ordered_on}; {words} plans {planned}.</source>
        <translation>Esta es la sesión {part1} con la orden del {ordered_on}; {words} prevé {planned}.</translation>
    </message>
    <message>
        <source>This cartridge stood in the record of another visit until that was corrected. Make sure that nobody has used it.</source>
        <translation>Este cartucho constaba en el registro de otra visita hasta que se corrigió. Asegúrese de que nadie lo haya usado.</translation>
    </message>
    <message>
        <source>{words}: lot {typed} is not in the register, so nobody here hears of a recall. Add the lot.</source>
        <translation>{words}: el lote {typed} no está en el registro, así que nadie aquí se enteraría de una retirada. Añada el lote.</translation>
    </message>
    <message>
        <source>Sheet about preparing</source>
        <translation>Hoja de preparación</translation>
    </message>
    <message>
        <source>Aftercare sheet</source>
        <translation>Hoja de cuidados posteriores</translation>
    </message>
    <message>
        <source>enter what was done to devices and how many supplies there are</source>
        <translation>registrar lo hecho a los dispositivos y cuántos suministros hay</translation>
    </message>
    <message>
        <source>A text or a name holds letters in a form that the clinic&apos;s records cannot hold. Nothing was saved or changed. Type it anew instead of pasting it, or give the file or folder another name, then try again.</source>
        <translation>Un texto o un nombre contiene letras en una forma que los registros de la clínica no pueden guardar. No se guardó ni cambió nada. Escríbalo de nuevo en vez de pegarlo, o dé otro nombre al archivo o a la carpeta, y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>This lot is recalled, which is stricter. Nothing was changed.</source>
        <translation>Este lote está retirado, que es más estricto. No se cambió nada.</translation>
    </message>
    <message>
        <source>The history was not changed. Correct what is marked and save again.</source>
        <translation>Los antecedentes no cambiaron. Corrija lo marcado y guarde otra vez.</translation>
    </message>
    <message>
        <source>This entry of the history has ended before. Nothing was changed.</source>
        <translation>Esta entrada de los antecedentes ya había terminado. Nada cambió.</translation>
    </message>
    <message>
        <source>There is no such entry in this person&apos;s history. Nothing was changed. Look at the list again.</source>
        <translation>No hay tal entrada en los antecedentes de esta persona. Nada cambió. Mire la lista otra vez.</translation>
    </message>
    <message>
        <source>Say why it ended, or that it was entered by mistake.</source>
        <translation>Diga por qué terminó, o que se anotó por error.</translation>
    </message>
    <message>
        <source>No entry of this person is called so.</source>
        <translation>Ninguna entrada de esta persona se llama así.</translation>
    </message>
    <message>
        <source>The end lies before the beginning.</source>
        <translation>El fin está antes del comienzo.</translation>
    </message>
    <message>
        <source>amendment {position} of visit {number}</source>
        <translation>enmienda {position} de la visita {number}</translation>
    </message>
    <message>
        <source>amendment {position} of visit {numbers}</source>
        <translation>enmienda {position} de la visita {numbers}</translation>
    </message>
    <message>
        <source>it names a head that the log never had</source>
        <translation>nombra una cabeza que la bitácora nunca tuvo</translation>
    </message>
    <message>
        <source>the one before it is not there</source>
        <translation>la anterior no está</translation>
    </message>
    <message>
        <source>it does not say what an amendment of its kind says</source>
        <translation>no dice lo que dice una enmienda de su tipo</translation>
    </message>
    <message>
        <source>the revision that it amends is not there</source>
        <translation>la revisión que enmienda no está</translation>
    </message>
    <message>
        <source>it was signed for another record</source>
        <translation>se firmó para otro expediente</translation>
    </message>
    <message>
        <source>the log enters it as another kind</source>
        <translation>la bitácora la anota como de otro tipo</translation>
    </message>
    <message>
        <source>it stands before one that was signed earlier</source>
        <translation>está antes de una que se firmó primero</translation>
    </message>
    <message>
        <source>the person whose visit it is, is not the one whom the log names</source>
        <translation>la persona de quien es la visita no es la que nombra la bitácora</translation>
    </message>
    <message>
        <source>amendment {revision} of visit {numbers}</source>
        <translation>enmienda {revision} de la visita {numbers}</translation>
    </message>
    <message>
        <source>neither its performer nor a director signed it</source>
        <translation>no la firmó ni quien trató ni la dirección médica</translation>
    </message>
    <message>
        <source>the log entered that it was seen, and that is not there any more</source>
        <translation>la bitácora anotó que se vio, y eso ya no está</translation>
    </message>
    <message>
        <source>the old value that it names is not what the record said</source>
        <translation>el valor anterior que nombra no es lo que decía el expediente</translation>
    </message>
    <message>
        <source>it corrects a field that the record does not have</source>
        <translation>corrige un campo que el expediente no tiene</translation>
    </message>
    <message>
        <source>that it was seen was never entered in the log</source>
        <translation>que se vio nunca se anotó en la bitácora</translation>
    </message>
    <message>
        <source>who saw it, or when, is not what the log says</source>
        <translation>quién la vio, o cuándo, no es lo que dice la bitácora</translation>
    </message>
    <message>
        <source>attachment {part1}</source>
        <translation>adjunto {part1}</translation>
    </message>
    <message>
        <source>consent withdrawal {part1}</source>
        <translation>retiro de consentimiento {part1}</translation>
    </message>
    <message>
        <source>consent withdrawals</source>
        <translation>retiros de consentimiento</translation>
    </message>
    <message>
        <source>its sealed file is not in the clinic&apos;s folder</source>
        <translation>su archivo sellado no está en la carpeta de la clínica</translation>
    </message>
    <message>
        <source>its sealed file is not the one that was kept</source>
        <translation>su archivo sellado no es el que se conservó</translation>
    </message>
    <message>
        <source> and {part1} more</source>
        <translation> y {part1} más</translation>
    </message>
    <message>
        <source>In its folder lies what is no part of the backup and was neither opened nor copied: {named}. Other programs leave such files.</source>
        <translation>En su carpeta hay algo que no es parte del respaldo y que no se abrió ni se copió: {named}. Otros programas dejan archivos así.</translation>
    </message>
    <message>
        <source>whether it is kept for ever is not what the last change of it says</source>
        <translation>si se guarda para siempre no es lo que dice el último cambio de eso</translation>
    </message>
    <message>
        <source>its verdict is not what the last check of it says</source>
        <translation>su veredicto no es lo que dice su última comprobación</translation>
    </message>
    <message>
        <source>a database holds one clinic, and this is another</source>
        <translation>una base de datos contiene una sola clínica, y esta es otra</translation>
    </message>
    <message>
        <source>clinic {other}</source>
        <translation>clínica {other}</translation>
    </message>
    <message>
        <source>the moment at which it was last changed is not what the log entered</source>
        <translation>el momento del último cambio no es el que registró la bitácora</translation>
    </message>
    <message>
        <source>patient</source>
        <translation>paciente</translation>
    </message>
    <message>
        <source>staff</source>
        <translation>personal</translation>
    </message>
    <message>
        <source>break_glass</source>
        <translation>rotura del vidrio</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>ajuste</translation>
    </message>
    <message>
        <source>device</source>
        <translation>dispositivo</translation>
    </message>
    <message>
        <source>lot</source>
        <translation>lote</translation>
    </message>
    <message>
        <source>meeting</source>
        <translation>reunión</translation>
    </message>
    <message>
        <source>paper_sheet</source>
        <translation>hoja de papel</translation>
    </message>
    <message>
        <source>it calls itself another kind of act than it is</source>
        <translation>se llama a sí misma otra clase de acto que la que es</translation>
    </message>
    <message>
        <source>it names other kinds of data than its act is about</source>
        <translation>nombra otras clases de datos que aquellas de las que trata su acto</translation>
    </message>
    <message>
        <source>it gives a code of a reason that no act of its kind has</source>
        <translation>da un código de motivo que ningún acto de su clase tiene</translation>
    </message>
    <message>
        <source>, and no key that is there or rests on one ended it: somebody wrote both into the log</source>
        <translation>, y no la terminó ninguna clave que esté ahí o que se apoye en una de ellas: alguien escribió ambas cosas en la bitácora</translation>
    </message>
    <message>
        <source>the key {part1} is said to have been found, and the one before it went on</source>
        <translation>de la clave {part1} se dice que se encontró, y la anterior siguió en uso</translation>
    </message>
    <message>
        <source>it has a place for {user}, whom the clinic does not know, and {part2}</source>
        <translation>tiene un lugar para {user}, a quien la clínica no conoce, y {part2}</translation>
    </message>
    <message>
        <source>the log says of no key file that it was found so, as it does after an accident</source>
        <translation>la bitácora no dice de ningún archivo de claves que se encontrara así, como dice después de un accidente</translation>
    </message>
    <message>
        <source>it has a key to sign with, which no accident leaves</source>
        <translation>tiene una clave para firmar, lo que ningún accidente deja</translation>
    </message>
    <message>
        <source>the one in force does not open this clinic, because the key file is, or was, an older copy, or the power went while a sheet was made: make a new recovery sheet</source>
        <translation>la vigente no abre esta clínica, porque el archivo de claves es, o fue, una copia anterior, o se fue la luz mientras se creaba una hoja: cree una nueva hoja de recuperación</translation>
    </message>
    <message>
        <source>a word for it stands in its row more than once</source>
        <translation>una palabra a su favor está en su fila más de una vez</translation>
    </message>
    <message>
        <source>a key that was entered later, or had ended, vouches for it</source>
        <translation>responde por ella una clave que se registró después o que había terminado</translation>
    </message>
    <message>
        <source>it was enrolled a second time: the register had lost it</source>
        <translation>se inscribió por segunda vez: el registro de claves la había perdido</translation>
    </message>
    <message>
        <source>it takes somebody off the roster for whom there is a visit</source>
        <translation>quita de la lista a alguien que tiene una visita</translation>
    </message>
    <message>
        <source>it takes somebody off the roster for whom a visit was planned</source>
        <translation>quita de la lista a alguien para quien se planificó una visita</translation>
    </message>
    <message>
        <source>it takes somebody off the roster of whom history, a file or a withdrawn consent is kept</source>
        <translation>quita de la lista a alguien de quien se guardan antecedentes, un archivo o un consentimiento retirado</translation>
    </message>
    <message>
        <source>the amendment that it names is not the one that follows</source>
        <translation>la enmienda que nombra no es la que sigue</translation>
    </message>
    <message>
        <source>it names whose visit it is, and does not follow on the act that says so</source>
        <translation>nombra de quién es la visita y no sigue al acto que lo dice</translation>
    </message>
    <message>
        <source>it names the person under whom the visit stands</source>
        <translation>nombra a la persona con quien está la visita</translation>
    </message>
    <message>
        <source>there is no amendment that could be seen, or it was seen before</source>
        <translation>no hay enmienda que se pudiera ver, o ya se había visto</translation>
    </message>
    <message>
        <source>a detail that says nothing was put beside it, and none was stored with it</source>
        <translation>alguien puso a su lado un detalle que no dice nada, y no se guardó ninguno con ella</translation>
    </message>
    <message>
        <source>medical history {part1}</source>
        <translation>antecedentes {part1}</translation>
    </message>
    <message>
        <source>medical history</source>
        <translation>antecedentes</translation>
    </message>
    <message>
        <source>what its entry says of it in words is not what stands in it</source>
        <translation>lo que su entrada dice de ello en palabras no es lo que contiene</translation>
    </message>
    <message>
        <source>amendment {position} of visit {part2}</source>
        <translation>enmienda {position} de la visita {part2}</translation>
    </message>
    <message>
        <source>it is read under a record that is read under itself</source>
        <translation>se lee bajo un registro que se lee bajo sí mismo</translation>
    </message>
    <message>
        <source>the record that it is read under never took it in</source>
        <translation>el registro bajo el que se lee nunca lo incorporó</translation>
    </message>
    <message>
        <source>it was performed under no {what}, which nobody may let pass</source>
        <translation>se realizó sin {what}, lo que nadie puede dejar pasar</translation>
    </message>
    <message>
        <source>the {what} that it was performed under is none that the director had approved by then</source>
        <translation>aquello bajo lo que se realizó ({what}) no es nada que la dirección hubiera aprobado para entonces</translation>
    </message>
    <message>
        <source>the {what} that it was performed under is not the one that was in force on its day</source>
        <translation>aquello bajo lo que se realizó ({what}) no es lo que estaba en vigor en su día</translation>
    </message>
    <message>
        <source>visit {part1} r{part2}</source>
        <translation>visita {part1} r{part2}</translation>
    </message>
    <message>
        <source>its entries say another day or time than it was planned for</source>
        <translation>sus entradas dicen otro día u otra hora que aquellos para los que se planificó</translation>
    </message>
    <message>
        <source>who saw that it was broken, or when, is not what the log says</source>
        <translation>quién vio que se rompió, o cuándo, no es lo que dice la bitácora</translation>
    </message>
    <message>
        <source>what it says in words is not what it names</source>
        <translation>lo que dice en palabras no es lo que nombra</translation>
    </message>
    <message>
        <source>it is not mnclinic&apos;s, and somebody put it into the database</source>
        <translation>no es de mnclinic, y alguien lo puso en la base de datos</translation>
    </message>
    <message>
        <source>mnclinic made it, and it is not in the database any more</source>
        <translation>mnclinic lo hizo, y ya no está en la base de datos</translation>
    </message>
    <message>
        <source>it is not as mnclinic made it</source>
        <translation>no es como mnclinic lo hizo</translation>
    </message>
    <message>
        <source>paper sheets</source>
        <translation>hojas de papel</translation>
    </message>
    <message>
        <source>rows that are not what mnclinic writes were left out where these were looked at: {parts}. Each is named below; what is said there of something missing may come from that alone</source>
        <translation>las filas que no son lo que escribe mnclinic se dejaron fuera donde se miró esto: {parts}. Cada una se nombra abajo; lo que ahí se dice de algo que falta puede venir solo de eso</translation>
    </message>
    <message>
        <source>the log enters its return under another person than whose visit it became</source>
        <translation>el registro de actividad anota su devolución a nombre de otra persona que la de la visita en que se convirtió</translation>
    </message>
    <message>
        <source>who entered it, or when, is not what the log says</source>
        <translation>quién lo registró, o cuándo, no es lo que dice la bitácora</translation>
    </message>
    <message>
        <source>Redness, swelling or warmth</source>
        <translation>Enrojecimiento, hinchazón o calor</translation>
    </message>
    <message>
        <source>Bruise, bleeding, pain, itch, crust or peeling</source>
        <translation>Moretón, sangrado, dolor, picor, costra o descamación</translation>
    </message>
    <message>
        <source>Acne or milia flare</source>
        <translation>Brote de acné o de milia</translation>
    </message>
    <message>
        <source>Contact dermatitis</source>
        <translation>Dermatitis de contacto</translation>
    </message>
    <message>
        <source>Swollen lymph nodes</source>
        <translation>Ganglios inflamados</translation>
    </message>
    <message>
        <source>Cold sores (herpes simplex)</source>
        <translation>Fuegos labiales (herpes simple)</translation>
    </message>
    <message>
        <source>Bacterial infection</source>
        <translation>Infección bacteriana</translation>
    </message>
    <message>
        <source>Atypical mycobacteria</source>
        <translation>Micobacterias atípicas</translation>
    </message>
    <message>
        <source>Dark patches (hyperpigmentation)</source>
        <translation>Manchas oscuras (hiperpigmentación)</translation>
    </message>
    <message>
        <source>Track marks or another scar</source>
        <translation>Marcas en hilera u otra cicatriz</translation>
    </message>
    <message>
        <source>Granuloma or systemic hypersensitivity</source>
        <translation>Granuloma o hipersensibilidad sistémica</translation>
    </message>
    <message>
        <source>Hives, swelling of the face or anaphylaxis</source>
        <translation>Urticaria, hinchazón de la cara o anafilaxia</translation>
    </message>
    <message>
        <source>Toxicity of the numbing agent</source>
        <translation>Toxicidad del anestésico</translation>
    </message>
    <message>
        <source>Injury of the eye</source>
        <translation>Lesión del ojo</translation>
    </message>
    <message>
        <source>Needlestick or exposure to blood</source>
        <translation>Pinchazo o exposición a sangre</translation>
    </message>
    <message>
        <source>Burn, loss of fat or injury of a nerve</source>
        <translation>Quemadura, pérdida de grasa o lesión de un nervio</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Otra cosa</translation>
    </message>
    <message>
        <source>It is worse now. Record it as a new event, so that the director&apos;s clock begins anew.</source>
        <translation>Ahora es peor. Regístrelo como evento nuevo, para que el reloj de la directora empiece de nuevo.</translation>
    </message>
    <message>
        <source>Choose what it is, or something else.</source>
        <translation>Elija qué es, u otra cosa.</translation>
    </message>
    <message>
        <source>It cannot have begun in the future.</source>
        <translation>No puede haber empezado en el futuro.</translation>
    </message>
    <message>
        <source>Choose how far the treatment is the cause.</source>
        <translation>Elija en qué medida la causa es el tratamiento.</translation>
    </message>
    <message>
        <source>Choose how the clinic came to know.</source>
        <translation>Elija cómo se enteró la clínica.</translation>
    </message>
    <message>
        <source>Say who told it, such as the patient.</source>
        <translation>Diga quién lo contó, por ejemplo la paciente.</translation>
    </message>
    <message>
        <source>Choose what makes it serious from the list, each once.</source>
        <translation>Elija de la lista qué lo hace grave, cada cosa una vez.</translation>
    </message>
    <message>
        <source>Say what was found or done.</source>
        <translation>Diga qué se encontró o qué se hizo.</translation>
    </message>
    <message>
        <source>The grade now is a number from 0 (gone) to 5.</source>
        <translation>El grado actual es un número de 0 (pasó) a 5.</translation>
    </message>
    <message>
        <source>Choose how it ended.</source>
        <translation>Elija cómo terminó.</translation>
    </message>
    <message>
        <source>It began before the treatment. Correct the time, or choose another visit.</source>
        <translation>Empezó antes del tratamiento. Corrija la hora o elija otra visita.</translation>
    </message>
    <message>
        <source>At most {longest_line} characters.</source>
        <translation>Como máximo {longest_line} caracteres.</translation>
    </message>
    <message>
        <source>Grade 5 is death, and death is grade 5.</source>
        <translation>El grado 5 es la muerte, y la muerte es grado 5.</translation>
    </message>
    <message>
        <source>Grade 4 is life-threatening. Say so here too, or choose another grade.</source>
        <translation>El grado 4 pone en peligro la vida. Dígalo aquí también, o elija otro grado.</translation>
    </message>
    <message>
        <source>These are counts of what was written down. That something was used in visits with events says nothing about the cause; whoever treats many people, and a lot that was used for many, has more events too.</source>
        <translation>Son recuentos de lo que se anotó. Que algo se usara en visitas con eventos no dice nada de la causa; quien trata a muchas personas, y un lote que se usó para muchas, tiene también más eventos.</translation>
    </message>
    <message>
        <source>Small numbers: one event more or less would change the picture. Look at each record.</source>
        <translation>Números pequeños: un evento más o menos cambiaría el cuadro. Mire cada ficha.</translation>
    </message>
    <message>
        <source>The last of the two days is before the first one.</source>
        <translation>El último de los dos días es anterior al primero.</translation>
    </message>
    <message>
        <source>sign to know of an adverse event</source>
        <translation>firmar que conoce un evento adverso</translation>
    </message>
    <message>
        <source>close an adverse event</source>
        <translation>cerrar un evento adverso</translation>
    </message>
    <message>
        <source>write down who was told of a recall</source>
        <translation>anotar a quién se avisó de una retirada</translation>
    </message>
    <message>
        <source>close a recall</source>
        <translation>cerrar una retirada</translation>
    </message>
    <message>
        <source>The clinic&apos;s database holds rows that mnclinic never writes, so no copy of it was used. Nothing was changed and the database itself is as it was. Look at all of it with: mnclinic check. Then restore a backup from before that, and ask for help if there is none.</source>
        <translation>La base de datos de la clínica tiene filas que mnclinic no escribe nunca, así que no se usó ninguna copia de ella. No se cambió nada y la base de datos está como estaba. Revíselo todo con: mnclinic check. Después restaure una copia de seguridad anterior a eso, y pida ayuda si no la hay.</translation>
    </message>
    <message>
        <source>As medical director I know of this adverse event. What I order is written here.</source>
        <translation>Como directora médica conozco este evento adverso. Lo que ordeno está escrito aquí.</translation>
    </message>
    <message>
        <source>As medical director I close this recall. What was done about whoever was not reached is written here.</source>
        <translation>Como dirección médica cierro esta retirada. Aquí queda escrito qué se hizo por quien no se localizó.</translation>
    </message>
    <message>
        <source>Nothing was signed. Correct what is marked and try again.</source>
        <translation>No se firmó nada. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>A director signed before that she knows of this event. Nothing was signed.</source>
        <translation>Una directora ya firmó que conoce este evento. No se firmó nada.</translation>
    </message>
    <message>
        <source>event step {part1}</source>
        <translation>paso de evento {part1}</translation>
    </message>
    <message>
        <source>nobody signed it</source>
        <translation>nadie lo firmó</translation>
    </message>
    <message>
        <source>the key that signed it is no director&apos;s signature key</source>
        <translation>la clave que lo firmó no es la clave de firma de una directora</translation>
    </message>
    <message>
        <source>the event that it is about is not there</source>
        <translation>el evento del que trata no está</translation>
    </message>
    <message>
        <source>event steps</source>
        <translation>pasos de eventos</translation>
    </message>
    <message>
        <source>it was signed for another event</source>
        <translation>se firmó para otro evento</translation>
    </message>
    <message>
        <source>it was closed before a director signed that she knew of it</source>
        <translation>se cerró antes de que una directora firmara que lo conocía</translation>
    </message>
    <message>
        <source>it has a signature that steps of its kind do not have</source>
        <translation>tiene una firma que los pasos de su clase no tienen</translation>
    </message>
    <message>
        <source>recall {part1}</source>
        <translation>retirada {part1}</translation>
    </message>
    <message>
        <source>recall contact {part1}</source>
        <translation>aviso de retirada {part1}</translation>
    </message>
    <message>
        <source>recall closure {part1}</source>
        <translation>cierre de retirada {part1}</translation>
    </message>
    <message>
        <source>recall contacts</source>
        <translation>avisos de retirada</translation>
    </message>
    <message>
        <source>recall closures</source>
        <translation>cierres de retirada</translation>
    </message>
    <message>
        <source>the recall that it is about is not there</source>
        <translation>la retirada de la que trata no está</translation>
    </message>
    <message>
        <source>it was signed for another recall</source>
        <translation>se firmó para otra retirada</translation>
    </message>
    <message>
        <source>its notice is not the one that was attached</source>
        <translation>su aviso no es el que se adjuntó</translation>
    </message>
    <message>
        <source>it is of somebody who is not on the list of its recall</source>
        <translation>es de alguien que no está en la lista de su retirada</translation>
    </message>
    <message>
        <source>paper sheet {number}</source>
        <translation>hoja de papel {number}</translation>
    </message>
    <message>
        <source>device service</source>
        <translation>servicio de dispositivo</translation>
    </message>
    <message>
        <source>lot movement</source>
        <translation>movimiento de lote</translation>
    </message>
    <message>
        <source>{gone} was entered in the log and is not there any more</source>
        <translation>{gone} se registró en la bitácora y ya no está</translation>
    </message>
    <message>
        <source>event step</source>
        <translation>paso de evento</translation>
    </message>
    <message>
        <source>recall contact</source>
        <translation>aviso de retirada</translation>
    </message>
    <message>
        <source>One of {held_on} is entered already. Take that back first.</source>
        <translation>Ya hay una anotación del {held_on}. Retírela primero.</translation>
    </message>
    <message>
        <source>Nothing was entered.</source>
        <translation>No se anotó nada.</translation>
    </message>
    <message>
        <source>This day is still to come.</source>
        <translation>Ese día aún no llega.</translation>
    </message>
    <message>
        <source>Say in a few words what was done.</source>
        <translation>Diga en pocas palabras qué se hizo.</translation>
    </message>
    <message>
        <source>None of {held_on} is entered.</source>
        <translation>No hay ninguna anotación del {held_on}.</translation>
    </message>
    <message>
        <source>The adverse event was not closed. Correct what is marked and try again.</source>
        <translation>El evento adverso no se cerró. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>No director has signed that she knows of this event. Nothing was changed. Sign that first; then it can be closed.</source>
        <translation>Ninguna directora ha firmado que conoce este evento. No se cambió nada. Fírmelo primero; después se puede cerrar.</translation>
    </message>
    <message>
        <source>This adverse event is closed already. Nothing was changed.</source>
        <translation>Este evento adverso ya está cerrado. No se cambió nada.</translation>
    </message>
    <message>
        <source>A director signed before that this recall has ended. Nothing was signed.</source>
        <translation>La dirección ya firmó que esta retirada terminó. No se firmó nada.</translation>
    </message>
    <message>
        <source>storing it</source>
        <translation>guardándolo</translation>
    </message>
    <message>
        <source>checking the password</source>
        <translation>comprobando la contraseña</translation>
    </message>
    <message>
        <source>preparing it</source>
        <translation>preparándolo</translation>
    </message>
    <message>
        <source>The database was changed past mnclinic, in what keeps its tables and log: {names}. The clinic is open for reading alone, because what is stored now might be lost without a word. What was saved before is still there. Look at all of it with: mnclinic check. Then restore a backup from before that change, and ask for help if there is none.</source>
        <translation>La base de datos se cambió por fuera de mnclinic, en lo que cuida sus tablas y la bitácora: {names}. La clínica está abierta solo para leer, porque lo que se guarde ahora podría perderse sin aviso. Lo guardado antes sigue ahí. Mírelo todo con: mnclinic check. Después restaure un respaldo de antes de ese cambio, y pida ayuda si no hay ninguno.</translation>
    </message>
    <message>
        <source>The database was changed past mnclinic, in what is read at every log-in: {names}. The clinic is open for reading alone, because nothing that is stored now may stand on that. What was saved before is still there. Look at all of it with: mnclinic check. Then restore a backup from before that change, and ask for help if there is none.</source>
        <translation>La base de datos se cambió por fuera de mnclinic, en lo que se lee en cada inicio de sesión: {names}. La clínica está abierta solo para leer, porque nada de lo que se guarde ahora debe apoyarse en eso. Lo guardado antes sigue ahí. Mírelo todo con: mnclinic check. Después restaure un respaldo de antes de ese cambio, y pida ayuda si no hay ninguno.</translation>
    </message>
    <message>
        <source>{part1} more</source>
        <translation>{part1} más</translation>
    </message>
    <message>
        <source>The device was not added. Correct what is marked and try again.</source>
        <translation>El dispositivo no se añadió. Corrija lo que está marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The device was not confirmed. Correct what is marked and try again.</source>
        <translation>El dispositivo no se confirmó. Corrija lo que está marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>That is what the register says already. Nothing was changed.</source>
        <translation>Eso ya es lo que dice el registro. No se cambió nada.</translation>
    </message>
    <message>
        <source>The clearance number is not in the register.</source>
        <translation>El número de autorización no está en el registro.</translation>
    </message>
    <message>
        <source>The mechanical maximum is not in the register.</source>
        <translation>El máximo mecánico no está en el registro.</translation>
    </message>
    <message>
        <source>The minimum age is not in the register.</source>
        <translation>La edad mínima no está en el registro.</translation>
    </message>
    <message>
        <source>The indications are not in the register.</source>
        <translation>Las indicaciones no están en el registro.</translation>
    </message>
    <message>
        <source>The phototypes of an indication are not in the register.</source>
        <translation>Los fototipos de una indicación no están en el registro.</translation>
    </message>
    <message>
        <source>The device {name} of this maker has this serial number already.</source>
        <translation>El dispositivo {name} de este fabricante ya tiene este número de serie.</translation>
    </message>
    <message>
        <source>Write it there from the label first.</source>
        <translation>Escríbalo allí primero según la etiqueta.</translation>
    </message>
    <message>
        <source>The device was not confirmed. {said}</source>
        <translation>El dispositivo no se confirmó. {said}</translation>
    </message>
    <message>
        <source>This device is confirmed already. Nothing was changed.</source>
        <translation>Este dispositivo ya está confirmado. No se cambió nada.</translation>
    </message>
    <message>
        <source>Another device has this name already.</source>
        <translation>Otro dispositivo ya tiene este nombre.</translation>
    </message>
    <message>
        <source>It would be in force from {effective_on}, which has passed, and change what counted then. Write {today} or a later day.</source>
        <translation>Estaría en vigor desde el {effective_on}, que ya pasó, y cambiaría lo que valía entonces. Escriba {today} o un día posterior.</translation>
    </message>
    <message>
        <source>{name} version {version} is in force from {day} too. Write a later day.</source>
        <translation>{name} versión {version} también está en vigor desde el {day}. Escriba un día posterior.</translation>
    </message>
    <message>
        <source>{name} version {version} is signed and begins on {day}, which is later.</source>
        <translation>{name} versión {version} está firmada y empieza el {day}, que es posterior.</translation>
    </message>
    <message>
        <source>Nothing was entered about the device. Correct what is marked and try again.</source>
        <translation>No se registró nada del dispositivo. Corrija lo que está marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>It failed: {kind}.</source>
        <translation>No pasó: {kind}.</translation>
    </message>
    <message>
        <source>There is no such adverse event. Nothing was changed. List them with: mnclinic event list.</source>
        <translation>No existe ese evento adverso. No se cambió nada. Véalos con: mnclinic event list.</translation>
    </message>
    <message>
        <source>Visit {number} is not marked as another patient&apos;s, so no visit is begun from it. Nothing was changed. Sign first that it was filed to the wrong patient, and whose it is.</source>
        <translation>La visita {number} no está marcada como de otro paciente, así que no se inicia ninguna visita a partir de ella. Nada cambió. Firme primero que se archivó con el paciente equivocado, y de quién es.</translation>
    </message>
    <message>
        <source>The right patient has visit {number}, which began at that moment, so none was begun. Nothing was changed. Go on with that one.</source>
        <translation>El paciente correcto tiene la visita {number}, que empezó en ese momento, así que no se inició ninguna. Nada cambió. Siga con esa.</translation>
    </message>
    <message>
        <source>The code names no lot. Scan the one with lot and expiry too.</source>
        <translation>El código no nombra ningún lote. Escanee también el que tiene lote y caducidad.</translation>
    </message>
    <message>
        <source>The lot {lot} is not in the register. Add it under Devices and supplies.</source>
        <translation>El lote {lot} no está en el registro. Agréguelo en Dispositivos e insumos.</translation>
    </message>
    <message>
        <source>The lot {lot}</source>
        <translation>El lote {lot}</translation>
    </message>
    <message>
        <source>Nothing was written down. Correct what is marked and try again.</source>
        <translation>No se anotó nada. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>This adverse event is closed. Nothing was changed. If it came back, record it as a new event, so that the director&apos;s clock begins anew.</source>
        <translation>Este evento adverso está cerrado. No se cambió nada. Si volvió, regístrelo como evento nuevo, para que el reloj de la directora empiece de nuevo.</translation>
    </message>
    <message>
        <source>It is written down already that the director knows of this event. Nothing was changed.</source>
        <translation>Ya está anotado que la directora conoce este evento. No se cambió nada.</translation>
    </message>
    <message>
        <source>Type the number of the submission.</source>
        <translation>Escriba el número del envío.</translation>
    </message>
    <message>
        <source>Say on which day it was sent.</source>
        <translation>Diga qué día se envió.</translation>
    </message>
    <message>
        <source>Only a report has a number and a day.</source>
        <translation>Solo una notificación tiene número y día.</translation>
    </message>
    <message>
        <source>That is before the event was written down.</source>
        <translation>Eso es antes de que se anotara el evento.</translation>
    </message>
    <message>
        <source>This recall is closed. Nothing was changed. Open a new one if something was called back again.</source>
        <translation>Esta retirada está cerrada. No se cambió nada. Abra una nueva si se ha vuelto a retirar algo.</translation>
    </message>
    <message>
        <source>This drill has no notice. Nothing was changed.</source>
        <translation>Este simulacro no tiene aviso. No se cambió nada.</translation>
    </message>
    <message>
        <source>This notice is not the one that was attached. Check the store, which names it.</source>
        <translation>Este aviso no es el que se adjuntó. Compruebe los datos, que lo nombran.</translation>
    </message>
    <message>
        <source>This person is not on the list of this recall.</source>
        <translation>Esta persona no está en la lista de esta retirada.</translation>
    </message>
    <message>
        <source>Allergies, medicines or conditions of people of this import were written down ({written}), so it cannot be undone any more. Nobody was removed.</source>
        <translation>Se anotaron alergias, medicamentos o enfermedades de personas de esta importación ({written}), así que ya no puede deshacerse. No se quitó a nadie.</translation>
    </message>
    <message>
        <source>{misfiled} visits filed to other patients are signed to be of people of this import, so it cannot be undone any more. Nobody was removed.</source>
        <translation>Está firmado que {misfiled} visitas archivadas con otros pacientes son de personas de esta importación, así que ya no se puede deshacer. No se quitó a nadie.</translation>
    </message>
    <message>
        <source>On {found_on} the key file was missing or damaged, and the copy beside it, which the program went on with, is older: the passwords, recovery codes and recovery sheet of its day open the clinic again. A failing disk leaves that, and so does whoever changes the files. </source>
        <translation>El {found_on} el archivo de claves faltaba o estaba dañado, y la copia que está a su lado, con la que el programa siguió, es anterior: las contraseñas, los códigos de recuperación y la hoja de recuperación de su día vuelven a abrir la clínica. Un disco que falla deja eso, y también quien cambia los archivos. </translation>
    </message>
    <message>
        <source>Its last change was on {written_at}. </source>
        <translation>Su último cambio fue el {written_at}. </translation>
    </message>
    <message>
        <source>Whose recovery code of before opens again, and who has to make one anew: {codes}. </source>
        <translation>De quién vuelve a abrir el código de recuperación anterior, y quién tiene que crear otro: {codes}. </translation>
    </message>
    <message>
        <source>Who has to set up signing with a key file anew: {factors}. </source>
        <translation>Quién tiene que volver a configurar la firma con un archivo de clave: {factors}. </translation>
    </message>
    <message>
        <source>Who is not in it and needs a new first password (a reset): {shut_out}. </source>
        <translation>Quién no está en ella y necesita una nueva primera contraseña (un restablecimiento): {shut_out}. </translation>
    </message>
    <message>
        <source>The recovery sheet has to be made anew. </source>
        <translation>Hay que crear de nuevo la hoja de recuperación. </translation>
    </message>
    <message>
        <source>Log-ins are no longer bound to this PC&apos;s keyring, and have to be bound anew. </source>
        <translation>Los inicios de sesión ya no están vinculados al llavero de este equipo, y hay que vincularlos de nuevo. </translation>
    </message>
    <message>
        <source>On {found_on} an older copy of the key file was found in the place of the newer one, which is back since: meanwhile the passwords, recovery codes and recovery sheet of its day opened the clinic. </source>
        <translation>El {found_on} se encontró una copia anterior del archivo de claves en el lugar de la más nueva, que ha vuelto desde entonces: entretanto las contraseñas, los códigos de recuperación y la hoja de recuperación de su día abrían la clínica. </translation>
    </message>
    <message>
        <source>On {found_on} an older copy of the key file was found in the place of the newer one: the passwords, recovery codes and recovery sheet of its day open the clinic again. </source>
        <translation>El {found_on} se encontró una copia anterior del archivo de claves en el lugar de la más nueva: las contraseñas, los códigos de recuperación y la hoja de recuperación de su día vuelven a abrir la clínica. </translation>
    </message>
    <message>
        <source>Nobody else can confirm this key, because every password went through the same hands. A director&apos;s key that nobody confirms waits three days after the last password was given, and after a key that took a key file was ended without it, while everybody reads of it on Today: until {begins}. Nothing was changed. Until then other work goes on; what takes the director&apos;s signature waits.</source>
        <translation>Nadie más puede confirmar esta clave, porque todas las contraseñas pasaron por las mismas manos. La clave de una dirección que nadie confirma espera tres días después de que se dio la última contraseña, y después de que una clave que pedía un archivo de clave se dio por terminada sin él, mientras todos lo leen en Hoy: hasta {begins}. Nada cambió. Hasta entonces sigue el demás trabajo; lo que necesita la firma de la dirección espera.</translation>
    </message>
    <message>
        <source>This recovery sheet was replaced by a later one. It opens the clinic again because an older copy of the key file lies in the folder, and the later sheet does not. Nothing was changed. Make a new recovery sheet, destroy the printed ones of before, and change the database key.</source>
        <translation>Esta hoja de recuperación fue sustituida por una posterior. Vuelve a abrir la clínica porque en la carpeta hay una copia anterior del archivo de claves, y la hoja posterior no la abre. No se cambió nada. Cree una nueva hoja de recuperación, destruya las impresas anteriores y cambie la clave de la base de datos.</translation>
    </message>
    <message>
        <source>Nobody else signs for a treatment that they did not give. The medical director reads it, learns from them what was done, and voids it with that as the reason; what was typed stays on record. Ctrl+K opens a visit by its number.</source>
        <translation>Nadie más firma un tratamiento que no realizó. La dirección médica la lee, pregunta a esa persona qué se hizo y la anula con eso como motivo; lo escrito queda registrado. Ctrl+K abre una visita por su número.</translation>
    </message>
    <message>
        <source>{name} left without signing what they treated in {of}. {what_to_do}</source>
        <translation>{name} se fue sin firmar el tratamiento de {of}. {what_to_do}</translation>
    </message>
    <message>
        <source> and {more} more</source>
        <translation> y {more} más</translation>
    </message>
    <message>
        <source>no licence of yours is on file</source>
        <translation>no hay ninguna licencia suya archivada</translation>
    </message>
    <message>
        <source>your licence counts to {last_on}</source>
        <translation>su licencia vale hasta el {last_on}</translation>
    </message>
    <message>
        <source>You cannot sign as director today: {why}. Nothing was changed, and what you signed before stays valid. Have the licence in force entered under Settings, People.</source>
        <translation>Hoy no puede firmar como dirección: {why}. Nada cambió, y lo que firmó antes sigue siendo válido. Haga anotar la licencia vigente en Ajustes, Personas.</translation>
    </message>
    <message>
        <source>History of {first_name} {last_name} ({numbers})</source>
        <translation>Historial de {first_name} {last_name} ({numbers})</translation>
    </message>
    <message>
        <source>the closed day {name}</source>
        <translation>el día cerrado {name}</translation>
    </message>
    <message>
        <source>a withdrawn consent</source>
        <translation>un consentimiento retirado</translation>
    </message>
    <message>
        <source>the recall of {named}</source>
        <translation>la retirada de {named}</translation>
    </message>
    <message>
        <source>a recall</source>
        <translation>una retirada</translation>
    </message>
    <message>
        <source>the import of {file_name}</source>
        <translation>la importación de {file_name}</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>una importación</translation>
    </message>
    <message>
        <source>the emergency drill of {day}</source>
        <translation>el simulacro de emergencia del {day}</translation>
    </message>
    <message>
        <source>the director&apos;s visit of {day}</source>
        <translation>la visita de la dirección del {day}</translation>
    </message>
    <message>
        <source>the file “{title}”</source>
        <translation>el archivo «{title}»</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>un archivo</translation>
    </message>
    <message>
        <source>the photograph “{view}”</source>
        <translation>la fotografía “{view}”</translation>
    </message>
    <message>
        <source>a photograph</source>
        <translation>una fotografía</translation>
    </message>
    <message>
        <source>“{words}” in the medical history</source>
        <translation>«{words}» en los antecedentes</translation>
    </message>
    <message>
        <source>a line of a medical history</source>
        <translation>una línea de los antecedentes</translation>
    </message>
    <message>
        <source>the visit planned for {planned_on}</source>
        <translation>la visita prevista para el {planned_on}</translation>
    </message>
    <message>
        <source>a planned visit</source>
        <translation>una visita prevista</translation>
    </message>
    <message>
        <source>lot {lot} ({of_kind})</source>
        <translation>lote {lot} ({of_kind})</translation>
    </message>
    <message>
        <source>{doer} looked up whom a lot, a serial number or a device had touched</source>
        <translation>{doer} buscó a quiénes había tocado un lote, un número de serie o un dispositivo</translation>
    </message>
    <message>
        <source>{doer} saw {patient} among the people whom a lot, a serial number or a device had touched</source>
        <translation>{doer} vio a {patient} entre las personas a quienes había tocado un lote, un número de serie o un dispositivo</translation>
    </message>
    <message>
        <source>{doer} opened a recall of a lot or a device, or a drill of one</source>
        <translation>{doer} abrió la retirada de un lote o dispositivo, o un simulacro</translation>
    </message>
    <message>
        <source>{doer} wrote down that {patient} was told of a recall, or was tried</source>
        <translation>{doer} anotó que se avisó a {patient} de una retirada, o que se intentó</translation>
    </message>
    <message>
        <source>{doer} signed that a recall has ended</source>
        <translation>{doer} firmó que una retirada terminó</translation>
    </message>
    <message>
        <source>{doer} printed a paper of a recall</source>
        <translation>{doer} imprimió un papel de una retirada</translation>
    </message>
    <message>
        <source>{doer} wrote into the history of {patient}</source>
        <translation>{doer} escribió en los antecedentes de {patient}</translation>
    </message>
    <message>
        <source>{doer} ended an entry in the history of {patient}</source>
        <translation>{doer} terminó una entrada en los antecedentes de {patient}</translation>
    </message>
    <message>
        <source>{doer} kept a scanned paper or file of {patient}</source>
        <translation>{doer} conservó un papel escaneado o archivo de {patient}</translation>
    </message>
    <message>
        <source>{doer} opened a scanned paper or file of {patient}</source>
        <translation>{doer} abrió un papel escaneado o archivo de {patient}</translation>
    </message>
    <message>
        <source>{doer} kept a photograph of {patient}</source>
        <translation>{doer} guardó una fotografía de {patient}</translation>
    </message>
    <message>
        <source>{doer} looked at a photograph of {patient}</source>
        <translation>{doer} vio una fotografía de {patient}</translation>
    </message>
    <message>
        <source>{doer} wrote a photograph of {patient} out</source>
        <translation>{doer} sacó una copia de una fotografía de {patient}</translation>
    </message>
    <message>
        <source>{doer} wrote down that {patient} withdrew a consent</source>
        <translation>{doer} anotó que {patient} retiró un consentimiento</translation>
    </message>
    <message>
        <source>{doer} entered the planned visit of {patient} again</source>
        <translation>{doer} volvió a anotar la visita planificada de {patient}</translation>
    </message>
    <message>
        <source>{doer} read the label of the blood back for {visit} of {patient}</source>
        <translation>{doer} releyó la etiqueta de la sangre para {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} took an order by telephone for {visit} of {patient}</source>
        <translation>{doer} tomó una orden por teléfono para {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} signed an addendum to {visit} of {patient}</source>
        <translation>{doer} firmó una adenda a {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} signed a correction of {visit} of {patient}</source>
        <translation>{doer} firmó una corrección de {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} signed a late entry to {visit} of {patient}</source>
        <translation>{doer} firmó una anotación tardía en {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} signed that {visit} was filed to the wrong patient, {patient}</source>
        <translation>{doer} firmó que {visit} se archivó con el paciente equivocado, {patient}</translation>
    </message>
    <message>
        <source>{doer} signed that {visit}, filed to another patient, is of {patient}</source>
        <translation>{doer} firmó que {visit}, archivada con otro paciente, es de {patient}</translation>
    </message>
    <message>
        <source>{doer} saw as director what was amended in {visit} of {patient}</source>
        <translation>{doer} vio en la dirección médica lo que se enmendó en {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} printed the signed consent of {visit} of {patient}</source>
        <translation>{doer} imprimió el consentimiento firmado de {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} printed a consent form to sign for {visit} of {patient}</source>
        <translation>{doer} imprimió un formulario de consentimiento para firmar de {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} printed the sheet about preparing of {visit} for {patient}</source>
        <translation>{doer} imprimió la hoja de preparación de {visit} para {patient}</translation>
    </message>
    <message>
        <source>{doer} wrote down that the director was told of an adverse event of {patient}</source>
        <translation>{doer} anotó que se avisó a la directora de un evento adverso de {patient}</translation>
    </message>
    <message>
        <source>{doer} signed as director to know of an adverse event of {patient}</source>
        <translation>{doer} firmó como directora que conoce un evento adverso de {patient}</translation>
    </message>
    <message>
        <source>{doer} wrote down how an adverse event of {patient} goes on</source>
        <translation>{doer} anotó cómo sigue un evento adverso de {patient}</translation>
    </message>
    <message>
        <source>{doer} wrote down that an adverse event of {patient} was reported</source>
        <translation>{doer} anotó que se notificó un evento adverso de {patient}</translation>
    </message>
    <message>
        <source>{doer} closed an adverse event of {patient}</source>
        <translation>{doer} cerró un evento adverso de {patient}</translation>
    </message>
    <message>
        <source>{doer} corrected what the register says of the device {thing}</source>
        <translation>{doer} corrigió lo que dice el registro del dispositivo {thing}</translation>
    </message>
    <message>
        <source>{doer} held the numbers of the device {thing} against its label</source>
        <translation>{doer} comparó los números del dispositivo {thing} con su etiqueta</translation>
    </message>
    <message>
        <source>{doer} entered what was done to a device</source>
        <translation>{doer} registró lo hecho a un dispositivo</translation>
    </message>
    <message>
        <source>{doer} entered a delivery of a lot</source>
        <translation>{doer} registró una entrega de un lote</translation>
    </message>
    <message>
        <source>{doer} discarded some of a lot</source>
        <translation>{doer} desechó parte de un lote</translation>
    </message>
    <message>
        <source>{doer} counted a lot</source>
        <translation>{doer} contó un lote</translation>
    </message>
    <message>
        <source>{doer} printed the numbered paper sheet {thing}</source>
        <translation>{doer} imprimió la hoja numerada {thing}</translation>
    </message>
    <message>
        <source>{doer} brought the paper sheet {thing} back</source>
        <translation>{doer} devolvió la hoja de papel {thing}</translation>
    </message>
    <message>
        <source>{doer} marked the paper sheet {thing} as spoiled</source>
        <translation>{doer} marcó la hoja de papel {thing} como dañada</translation>
    </message>
    <message>
        <source>{doer} quarantined the device {thing}</source>
        <translation>{doer} puso en cuarentena el dispositivo {thing}</translation>
    </message>
    <message>
        <source>{doer} released the device {thing}</source>
        <translation>{doer} liberó el dispositivo {thing}</translation>
    </message>
    <message>
        <source>{doer} quarantined the lot {thing}</source>
        <translation>{doer} puso en cuarentena el lote {thing}</translation>
    </message>
    <message>
        <source>{doer} marked the lot {thing} as recalled</source>
        <translation>{doer} marcó el lote {thing} como retirado</translation>
    </message>
    <message>
        <source>{doer} released the lot {thing}</source>
        <translation>{doer} liberó el lote {thing}</translation>
    </message>
    <message>
        <source>{doer} was at the clinic as its director</source>
        <translation>{doer} estuvo en la clínica como dirección médica</translation>
    </message>
    <message>
        <source>{doer} took back that the director was at the clinic</source>
        <translation>{doer} retiró que la dirección estuvo en la clínica</translation>
    </message>
    <message>
        <source>{doer} recorded an emergency drill</source>
        <translation>{doer} anotó un simulacro de emergencia</translation>
    </message>
    <message>
        <source>{doer} took back an emergency drill</source>
        <translation>{doer} retiró un simulacro de emergencia</translation>
    </message>
    <message>
        <source>{doer} entered a licence or certificate of {person}</source>
        <translation>{doer} anotó una licencia o un certificado de {person}</translation>
    </message>
    <message>
        <source>{doer} ended a licence or certificate of {person}</source>
        <translation>{doer} terminó una licencia o un certificado de {person}</translation>
    </message>
    <message>
        <source>it was missing or damaged, and the copy beside it was taken</source>
        <translation>faltaba o estaba dañado, y se tomó la copia que está a su lado</translation>
    </message>
    <message>
        <source>ordered by telephone</source>
        <translation>ordenado por teléfono</translation>
    </message>
    <message>
        <source>nothing stands against it any more</source>
        <translation>ya nada se opone a ella</translation>
    </message>
    <message>
        <source>it stays deferred</source>
        <translation>sigue aplazada</translation>
    </message>
    <message>
        <source>Nothing was looked up. Correct what is marked and try again.</source>
        <translation>No se buscó nada. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>entering it in the log</source>
        <translation>anotándolo en la bitácora</translation>
    </message>
    <message>
        <source>closing the bundle</source>
        <translation>cerrando el paquete</translation>
    </message>
    <message>
        <source>Something that these notices are made from is not what mnclinic writes, so some of them may be missing. Nothing was changed. Look at all of it with a check of the store, on Inspection or with: mnclinic check. Then restore a backup from before that, and ask for help if there is none.</source>
        <translation>Algo de lo que se hacen estos avisos no es lo que mnclinic escribe, así que puede faltar alguno. No se cambió nada. Revíselo todo con una comprobación de los datos, en Inspección o con: mnclinic check. Después restaure un respaldo anterior a ello, y pida ayuda si no hay ninguno.</translation>
    </message>
    <message>
        <source>On {clinic} {which} was ended in {name} without the key file that it took besides the password.</source>
        <translation>El {clinic} se dio por terminada, en {name}, {which}, sin el archivo de clave que pedía además de la contraseña.</translation>
    </message>
    <message>
        <source>{count} amendments of signed visits are not seen by a director yet. Read them on Director.</source>
        <translation>La dirección médica aún no ha visto {count} enmiendas de visitas firmadas. Léalas en Dirección.</translation>
    </message>
    <message>
        <source>Adverse events that wait for the director: {due}. The first was due by {by}.</source>
        <translation>Eventos adversos que esperan a la directora: {due}. El primero debía atenderse antes del {by}.</translation>
    </message>
    <message>
        <source>Adverse events that wait for the director: {due}. The first is due by {by}.</source>
        <translation>Eventos adversos que esperan a la directora: {due}. El primero debe atenderse antes del {by}.</translation>
    </message>
    <message>
        <source>The recovery sheet in force does not open the clinic. </source>
        <translation>La hoja de recuperación vigente no abre la clínica. </translation>
    </message>
    <message>
        <source>The database key was changed since.</source>
        <translation>La clave de la base de datos se cambió desde entonces.</translation>
    </message>
    <message>
        <source>An amendment of a signed visit is not seen by a director yet. Read it on Director.</source>
        <translation>La dirección médica aún no ha visto una enmienda de una visita firmada. Léala en Dirección.</translation>
    </message>
    <message>
        <source>An older copy of the key file held the sheet of before, which ended with the change of the database key. </source>
        <translation>Una copia anterior del archivo de claves contenía la hoja anterior, que terminó con el cambio de la clave de la base de datos. </translation>
    </message>
    <message>
        <source>The key file holds another sheet, as an older copy of it does, or a power cut while a sheet was made. </source>
        <translation>El archivo de claves contiene otra hoja, como lo deja una copia anterior, o un corte de luz mientras se creaba una hoja. </translation>
    </message>
    <message>
        <source>Find out what happened to it, and change the database key after that.</source>
        <translation>Averigüe qué le pasó, y cambie después la clave de la base de datos.</translation>
    </message>
    <message>
        <source>Find out what happened to it, and have {who} change the database key after that.</source>
        <translation>Averigüe qué le pasó, y pida después a {who} que cambie la clave de la base de datos.</translation>
    </message>
    <message>
        <source>The key file has a place for {who}, and nobody of that name has access here: the records can be opened with it. An older copy of the key file leaves that, or a power cut while somebody was added; so does whoever has the database key. {clinic}</source>
        <translation>El archivo de claves tiene un lugar para {who}, y nadie con ese nombre tiene acceso aquí: con él se pueden abrir los expedientes. Eso lo deja una copia más antigua del archivo de claves, o un corte de luz mientras se agregaba a alguien; también quien tiene la clave de la base de datos. {clinic}</translation>
    </message>
    <message>
        <source>{said} Draft its next version under Protocols.</source>
        <translation>{said} Prepare su próxima versión en Protocolos.</translation>
    </message>
    <message>
        <source>{said} List them with: mnclinic event list.</source>
        <translation>{said} Véalos con: mnclinic event list.</translation>
    </message>
    <message>
        <source>{made} was made administrator with the recovery sheet, and since then everybody whose word would be a second person&apos;s was given another password or left. Anybody&apos;s word confirms it from {clinic} on. Ask in person whether all that was wanted; if not, confirm nothing and tell everybody here.</source>
        <translation>{made} recibió la administración con la hoja de recuperación, y desde entonces a todas las personas cuya palabra valdría como la de una segunda se les dio otra contraseña o se fueron. Desde el {clinic} lo confirma la palabra de cualquiera. Pregunte en persona si todo eso se quiso; si no, no confirme nada y avise a todos aquí.</translation>
    </message>
    <message>
        <source>Close the clinic everywhere else, then change the key, which takes it out.</source>
        <translation>Cierre la clínica en todos los demás lugares y después cambie la clave, lo que lo quita.</translation>
    </message>
    <message>
        <source>Have {who} change the key, which takes it out, with the clinic closed everywhere else.</source>
        <translation>Pida a {who} que cambie la clave, lo que lo quita, con la clínica cerrada en todos los demás lugares.</translation>
    </message>
    <message>
        <source>Make a new sheet, and destroy every printed one of before.</source>
        <translation>Cree una hoja nueva y destruya todas las impresas anteriores.</translation>
    </message>
    <message>
        <source>Have {who} make a new sheet and destroy every printed one of before.</source>
        <translation>Pida a {who} que cree una hoja nueva y destruya todas las impresas anteriores.</translation>
    </message>
    <message>
        <source>Your keys were replaced since this copy of the key file {key_file} was made, so what it holds for you has ended. Nothing was changed and no record was lost. Put {key_file} back from a newer backup, where there is one. Else have an administrator who can still log in give you a new password; where none can, restore the newest backup, or open this folder with the recovery sheet.</source>
        <translation>Sus claves se reemplazaron después de que se hizo esta copia del archivo de claves {key_file}, así que lo que contiene para usted ha terminado. Nada cambió y no se perdió ningún expediente. Ponga {key_file} de vuelta desde un respaldo más nuevo, si lo hay. Si no, pida a alguien de la administración que todavía pueda iniciar sesión que le dé una contraseña nueva; si nadie puede, restaure el respaldo más nuevo o abra esta carpeta con la hoja de recuperación.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database does not open with the key in {key_file}: that is an older copy, from before the database&apos;s key was changed, or else the database is damaged. Nothing was changed. Do not delete anything. Put {key_file} back from a newer backup; where there is none, restore the newest backup, or ask for help with this folder as it is.</source>
        <translation>La base de datos de la clínica no se abre con la clave de {key_file}: es una copia anterior, de antes de que se cambiara la clave de la base de datos, o bien la base de datos está dañada. Nada cambió. No borre nada. Ponga {key_file} de vuelta desde un respaldo más nuevo; si no lo hay, restaure el respaldo más nuevo o pida ayuda con esta carpeta tal como está.</translation>
    </message>
    <message>
        <source>The clinic&apos;s database does not open with the key in {key_file}: that is an older copy, from before the database&apos;s key was changed. The copy {previous_key_file} beside it is the newer one. Nothing was changed and no record was lost. Give {key_file} another name, copy {previous_key_file} to {key_file}, and log in again. Delete nothing.</source>
        <translation>La base de datos de la clínica no se abre con la clave de {key_file}: es una copia anterior, de antes de que se cambiara la clave de la base de datos. La copia {previous_key_file} que está al lado es la más nueva. Nada cambió y no se perdió ningún registro. Dé otro nombre a {key_file}, copie {previous_key_file} como {key_file} y vuelva a entrar. No borre nada.</translation>
    </message>
    <message>
        <source>The key file {key_file} is damaged, and the copy {previous_key_file} beside it is from before the database&apos;s key was changed, so it does not open the database. This is not about your password. Nothing was changed and no record was lost. Put {key_file} back from your newest backup, then log in again.</source>
        <translation>El archivo de claves {key_file} está dañado, y la copia {previous_key_file} que está al lado es de antes de que cambiara la clave de la base de datos, así que no la abre. No se trata de su contraseña. Nada cambió y no se perdió ningún registro. Vuelva a poner {key_file} desde su copia de seguridad más reciente e inicie sesión otra vez.</translation>
    </message>
    <message>
        <source>opening the clinic</source>
        <translation>abriendo la clínica</translation>
    </message>
    <message>
        <source>The recall was not opened. Nothing was stored. Correct what is marked and try again.</source>
        <translation>La retirada no se abrió. No se guardó nada. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The name of this folder, or of one that it lies in, has letters that the log cannot hold.</source>
        <translation>El nombre de esta carpeta, o de una en la que está, tiene letras que el registro no puede guardar.</translation>
    </message>
    <message>
        <source>{what} Nothing was done. Rename that one by typing its name anew, or choose another folder.</source>
        <translation>{what} No se hizo nada. Cámbiele el nombre escribiéndolo de nuevo, o elija otra carpeta.</translation>
    </message>
    <message>
        <source>In this folder lies what opens the backups: {found}.</source>
        <translation>En esta carpeta está lo que abre los respaldos: {found}.</translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>No se hizo nada.</translation>
    </message>
    <message>
        <source>{what} Whoever stole it would hold the lock and the key together. Nothing was changed. Put that somewhere apart first, or choose another folder.</source>
        <translation>{what} Quien la robara tendría juntos el candado y la llave. Nada cambió. Ponga eso antes en otro lugar, o elija otra carpeta.</translation>
    </message>
    <message>
        <source>No sheet was printed. Correct what is marked and try again.</source>
        <translation>No se imprimió ninguna hoja. Corrija lo que está marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The sheet was not brought back. Correct what is marked and try again.</source>
        <translation>La hoja no se devolvió. Corrija lo que está marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The sheet was not changed. Correct what is marked and try again.</source>
        <translation>La hoja no se cambió. Corrija lo que está marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>There is no sheet of this number. Nothing was changed. See: mnclinic paper list</source>
        <translation>No hay hoja con este número. No se cambió nada. Vea: mnclinic paper list</translation>
    </message>
    <message>
        <source>This sheet is no longer out. Nothing was changed.</source>
        <translation>Esta hoja ya no está fuera. No se cambió nada.</translation>
    </message>
    <message>
        <source>This protocol is not in force today. Nobody is treated under it, on paper either.</source>
        <translation>Este protocolo no está en vigor hoy. Nadie se trata según él, tampoco en papel.</translation>
    </message>
    <message>
        <source>Paper sheet {name}</source>
        <translation>Hoja de papel {name}</translation>
    </message>
    <message>
        <source>This visit was voided. Name the one that the sheet was entered as.</source>
        <translation>Esta visita se anuló. Indique la que registra esta hoja.</translation>
    </message>
    <message>
        <source>This visit lies before the day on which the sheet was printed.</source>
        <translation>Esta visita es anterior al día en que se imprimió la hoja.</translation>
    </message>
    <message>
        <source>Print 1 to {most_at_once} sheets at once.</source>
        <translation>Imprima de 1 a {most_at_once} hojas a la vez.</translation>
    </message>
    <message>
        <source>Choose en or es.</source>
        <translation>Elija en o es.</translation>
    </message>
    <message>
        <source>This person has not agreed to photographs, or has taken it back, so none is kept or shown. Nothing was changed. Have them choose in a consent what photographs may be used for.</source>
        <translation>Esta persona no ha aceptado fotografías, o lo ha retirado, así que no se guarda ni se muestra ninguna. No se cambió nada. Pídale que elija en un consentimiento para qué se pueden usar las fotografías.</translation>
    </message>
    <message>
        <source>This person has not agreed, in a signed visit, that photographs are used for teaching. Nothing was written. Have them choose in a consent what photographs may be used for.</source>
        <translation>Esta persona no ha aceptado, en una visita firmada, que las fotografías se usen para enseñar. No se escribió nada. Pídale que elija en un consentimiento para qué se pueden usar las fotografías.</translation>
    </message>
    <message>
        <source>This person has not agreed, in a signed visit, that photographs are used for marketing. Nothing was written. Have them choose in a consent what photographs may be used for.</source>
        <translation>Esta persona no ha aceptado, en una visita firmada, que las fotografías se usen en publicidad. No se escribió nada. Pídale que elija en un consentimiento para qué se pueden usar las fotografías.</translation>
    </message>
    <message>
        <source>The photograph was not kept. Nothing was stored. Correct what is marked and try again.</source>
        <translation>La fotografía no se guardó. No se almacenó nada. Corrija lo señalado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>This photograph cannot be shown: it is missing from the clinic&apos;s folder, or it is not the one that was kept. Nothing was changed. Check the store, which names it; then restore the newest backup that has it.</source>
        <translation>Esta fotografía no se puede mostrar: falta en la carpeta de la clínica, o no es la que se guardó. No se cambió nada. Compruebe los registros, que la nombran; después restaure la copia de seguridad más reciente que la tenga.</translation>
    </message>
    <message>
        <source>There is no such photograph. Nothing was changed. Look at the list again.</source>
        <translation>No existe tal fotografía. No se cambió nada. Vuelva a mirar la lista.</translation>
    </message>
    <message>
        <source>No photograph that was kept is called so.</source>
        <translation>Ninguna fotografía guardada se llama así.</translation>
    </message>
    <message>
        <source>This is no visit of this person, or it was voided.</source>
        <translation>No es una visita de esta persona, o se anuló.</translation>
    </message>
    <message>
        <source>Visits that are open longer than the policy&apos;s {days} days for the performer&apos;s signature: {count}. Sign, or void what was not done.</source>
        <translation>Visitas abiertas más de los {days} días que la política da para la firma de quien realizó el tratamiento: {count}. Fírmelas, o anule lo que no se hizo.</translation>
    </message>
    <message>
        <source>Visits that wait for the director&apos;s review longer than the policy&apos;s {days} days: {count}. Speak with the director.</source>
        <translation>Visitas que esperan la revisión de la dirección más de los {days} días de la política: {count}. Hable con la dirección.</translation>
    </message>
    <message>
        <source>Serious adverse events of the last {days} days: {count}. {known}. Look whether each was reported.</source>
        <translation>Eventos adversos graves de los últimos {days} días: {count}. {known}. Compruebe que cada uno se haya notificado.</translation>
    </message>
    <message>
        <source>{words} is due by {by}, by the policy.</source>
        <translation>{words}: toca a más tardar el {by}, según la política.</translation>
    </message>
    <message>
        <source>Visits{of} that went to the director in the last {days} days: {part3}. The policy asks for {least}, or all. Raise the share that is drawn, or read more of them.</source>
        <translation>Visitas{of} que fueron a la dirección en los últimos {days} días: {part3}. La política pide {least}, o todas. Suba la parte que se sortea, o lea más.</translation>
    </message>
    <message>
        <source>The policy calls this clinic a device user facility</source>
        <translation>La política llama a esta clínica centro usuario de dispositivos</translation>
    </message>
    <message>
        <source>The policy does not say whether this clinic is a device user facility</source>
        <translation>La política no dice si esta clínica es un centro usuario de dispositivos</translation>
    </message>
    <message>
        <source>The director&apos;s next visit to the clinic</source>
        <translation>La próxima visita de la dirección a la clínica</translation>
    </message>
    <message>
        <source>The next emergency drill</source>
        <translation>El próximo simulacro de emergencia</translation>
    </message>
    <message>
        <source>{words} was due by {by}, by the policy.</source>
        <translation>{words}: tocaba a más tardar el {by}, según la política.</translation>
    </message>
    <message>
        <source>The director has not approved a sheet about preparing in this language. Nothing was printed.</source>
        <translation>El director no ha aprobado una hoja de preparación en este idioma. No se imprimió nada.</translation>
    </message>
    <message>
        <source>A text that was signed is not in the clinic&apos;s store as it was approved. Nothing was printed. Check the store, which names what was changed.</source>
        <translation>Un texto que se firmó no está en los datos de la clínica tal como se aprobó. No se imprimió nada. Compruebe los datos, que nombran lo que se cambió.</translation>
    </message>
    <message>
        <source>No signed record of this visit holds a consent. Nothing was printed.</source>
        <translation>Ningún expediente firmado de esta visita contiene un consentimiento. No se imprimió nada.</translation>
    </message>
    <message>
        <source>No consent text is approved in this language. Nothing was printed.</source>
        <translation>No hay ningún texto de consentimiento aprobado en este idioma. No se imprimió nada.</translation>
    </message>
    <message>
        <source>The protocol names an aftercare sheet that is not in force in this language. Nothing was printed.</source>
        <translation>El protocolo nombra una hoja de cuidados posteriores que no está en vigor en este idioma. No se imprimió nada.</translation>
    </message>
    <message>
        <source>Visit {number} of {visit_on} was filed to another patient and is signed to be of this one. Its record stands there.</source>
        <translation>La visita {number} del {visit_on} se archivó con otro paciente y está firmado que es de este. Su expediente está allí.</translation>
    </message>
    <message>
        <source>{kind}, lot</source>
        <translation>{kind}, lote</translation>
    </message>
    <message>
        <source>Write one of these: {papers}.</source>
        <translation>Escriba uno de estos: {papers}.</translation>
    </message>
    <message>
        <source>Nothing was printed. Correct what is marked.</source>
        <translation>No se imprimió nada. Corrija lo marcado.</translation>
    </message>
    <message>
        <source>Visit {number} is deferred, so no blood is used in it. Settle what stands against it.</source>
        <translation>La visita {number} está aplazada, así que no se usa sangre en ella. Resuelva lo que hay en contra.</translation>
    </message>
    <message>
        <source>The label names somebody else than this patient. This blood must not be used here.</source>
        <translation>La etiqueta nombra a otra persona que este paciente. Esta sangre no debe usarse aquí.</translation>
    </message>
    <message>
        <source>The label says something else than what was written down of it. Look at the tube again.</source>
        <translation>La etiqueta dice otra cosa que lo que se anotó de ella. Mire el tubo otra vez.</translation>
    </message>
    <message>
        <source>The label was not read back, and nothing was changed. Correct these.</source>
        <translation>La etiqueta no se releyó y nada cambió. Corrija esto.</translation>
    </message>
    <message>
        <source>The visit holds no PRP. Write down the kit first.</source>
        <translation>La visita no tiene PRP. Anote primero el kit.</translation>
    </message>
    <message>
        <source>The second person is somebody else than who is logged in.</source>
        <translation>La segunda persona es otra que quien inició sesión.</translation>
    </message>
    <message>
        <source>Only somebody who works on visits can be the second person.</source>
        <translation>Solo quien trabaja en visitas puede ser la segunda persona.</translation>
    </message>
    <message>
        <source>reading the entries</source>
        <translation>leyendo las entradas</translation>
    </message>
    <message>
        <source>There is no such recall. Nothing was changed. List them with: mnclinic recalls list.</source>
        <translation>No existe esa retirada. No se cambió nada. Véalas con: mnclinic recalls list.</translation>
    </message>
    <message>
        <source>Adverse event of grade {grade} after visit {number}</source>
        <translation>Evento adverso de grado {grade} después de la visita {number}</translation>
    </message>
    <message>
        <source>Since the clinic was opened with its recovery sheet, everybody whose word would be a second person&apos;s was given another password or left. So confirming it waits three days after the last of that, while everybody reads of it on Today: until {begins}. Nothing was changed. If any of that was not wanted, confirm nothing and tell everybody here.</source>
        <translation>Desde que la clínica se abrió con su hoja de recuperación, a todas las personas cuya palabra valdría como la de una segunda se les dio otra contraseña o se fueron. Por eso la confirmación espera tres días después de lo último de ello, mientras todos lo leen en Hoy: hasta el {begins}. Nada cambió. Si algo de eso no se quiso, no confirme nada y avise a todos aquí.</translation>
    </message>
    <message>
        <source>since {began_on}</source>
        <translation>desde el {began_on}</translation>
    </message>
    <message>
        <source>A legal hold stands since {since}, above every rule. It is kept.</source>
        <translation>Hay una retención legal desde el {since}, por encima de toda regla. Se guarda.</translation>
    </message>
    <message>
        <source>I gave the telephone orders as they are written here.</source>
        <translation>Di las órdenes por teléfono tal como están escritas aquí.</translation>
    </message>
    <message>
        <source>Something else stands against visit {number} by now than was shown. Nothing was signed. Read the visit again, then decide.</source>
        <translation>Contra la visita {number} hay ahora algo distinto de lo que se mostró. No se firmó nada. Vuelva a leer la visita y decida después.</translation>
    </message>
    <message>
        <source>In visit {number} the treatment is being recorded already. Sign your order with the visit, once its performer has signed it.</source>
        <translation>En la visita {number} ya se está anotando el tratamiento. Firme su orden con la visita, una vez que la haya firmado quien la realizó.</translation>
    </message>
    <message>
        <source>putting the new database in place</source>
        <translation>poniendo la base nueva en su lugar</translation>
    </message>
    <message>
        <source>line {lines}, {where}</source>
        <translation>línea {lines}, {where}</translation>
    </message>
    <message>
        <source>This {part1} could not be signed from its first day. Nothing was stored. Write another day.</source>
        <translation>Este documento ({part1}) no se podría firmar desde su primer día. No se guardó nada. Escriba otro día.</translation>
    </message>
    <message>
        <source>This text is there in several languages. Nothing was done. Name one of them.</source>
        <translation>Este texto está en varios idiomas. No se hizo nada. Nombre uno de ellos.</translation>
    </message>
    <message>
        <source>There is no such {part1}. Nothing was done. There are: {there_are}.</source>
        <translation>No existe tal {part1}. No se hizo nada. Hay: {there_are}.</translation>
    </message>
    <message>
        <source>There is a file of that name. Nothing was written. Choose another name.</source>
        <translation>Ya hay un archivo con ese nombre. No se escribió nada. Elija otro nombre.</translation>
    </message>
    <message>
        <source>The file cannot be written. Nothing was lost. Choose another place or make room, and try again.</source>
        <translation>El archivo no se puede escribir. No se perdió nada. Elija otro lugar o haga espacio e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>Leave this out, and read the label back on the visit itself.</source>
        <translation>Quite esto y relea la etiqueta en la visita misma.</translation>
    </message>
    <message>
        <source>A telephone order is taken by an act of its own and never changed afterwards. Nothing was stored.</source>
        <translation>Una orden por teléfono se toma con un acto propio y nunca se cambia después. Nada se guardó.</translation>
    </message>
    <message>
        <source>What two people read back is confirmed by an act of its own and never changed afterwards. Nothing was stored.</source>
        <translation>Lo que dos personas releen se confirma con un acto propio y no cambia después. No se guardó nada.</translation>
    </message>
    <message>
        <source>Leave this out, and take the order on the visit itself.</source>
        <translation>Deje esto fuera y tome la orden en la propia visita.</translation>
    </message>
    <message>
        <source>Amendment {position} of visit {number} was seen already. Nothing was changed.</source>
        <translation>La enmienda {position} de la visita {number} ya se había visto. Nada cambió.</translation>
    </message>
    <message>
        <source>Visit {number} has no amendment {position}. Nothing was changed.</source>
        <translation>La visita {number} no tiene la enmienda {position}. Nada cambió.</translation>
    </message>
    <message>
        <source>Only providers and directors sign, so you have no signature key. Nothing was changed. Ask the performer or the director to sign.</source>
        <translation>Solo firman los profesionales y la dirección, así que no tiene clave de firma. Nada cambió. Pida que firme quien trató o la dirección.</translation>
    </message>
    <message>
        <source>making the keys</source>
        <translation>creando las claves</translation>
    </message>
    <message>
        <source>putting the clinic in place</source>
        <translation>poniendo la clínica en su lugar</translation>
    </message>
    <message>
        <source>Two of these are in force from {part1}. Leave one out, or move its day.</source>
        <translation>Dos de estos están en vigor desde el {part1}. Quite uno o cambie su día.</translation>
    </message>
    <message>
        <source>Name somebody of the staff who may confirm a device, or leave it out and do it later.</source>
        <translation>Nombre a alguien del personal que pueda confirmar un dispositivo, o déjelo vacío y hágalo después.</translation>
    </message>
    <message>
        <source>A low stock is a kind of supply and a number from 0 to {most_wanted}.</source>
        <translation>Una existencia baja es un tipo de suministro y un número de 0 a {most_wanted}.</translation>
    </message>
    <message>
        <source>The count was not changed. Correct what is marked and try again.</source>
        <translation>El recuento no se cambió. Corrija lo que está marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The register has {on_hand} of this lot. Count it first, if more are there.</source>
        <translation>El registro tiene {on_hand} de este lote. Cuéntelo primero, si hay más.</translation>
    </message>
    <message>
        <source>Write a whole number from {least} to {most_at_once}.</source>
        <translation>Escriba un número entero de {least} a {most_at_once}.</translation>
    </message>
    <message>
        <source>Paper sheets that are still out: {out}. Enter each as a late entry and bring its scan back.</source>
        <translation>Hojas de papel que siguen fuera: {out}. Registre cada una como entrada tardía y devuelva su escaneo.</translation>
    </message>
    <message>
        <source>Device {device}: nobody has held its numbers against its label yet.</source>
        <translation>Dispositivo {device}: nadie ha comparado aún sus números con su etiqueta.</translation>
    </message>
    <message>
        <source>Few are left of {name}: {left}.</source>
        <translation>Quedan pocos de {name}: {left}.</translation>
    </message>
    <message>
        <source>Device {device}: {care}</source>
        <translation>Dispositivo {device}: {care}</translation>
    </message>
    <message>
        <source>Lot {lot} of {name} can be used until {expires_on}.</source>
        <translation>El lote {lot} de {name} se puede usar hasta el {expires_on}.</translation>
    </message>
    <message>
        <source>Write the reason.</source>
        <translation>Escriba el motivo.</translation>
    </message>
    <message>
        <source>Visit {number} was performed already, so no order can be taken for it any more.</source>
        <translation>La visita {number} ya se realizó, así que ya no se puede tomar ninguna orden para ella.</translation>
    </message>
    <message>
        <source>The clinic&apos;s policy has no telephone orders. The director releases the visit, or it waits.</source>
        <translation>La política de la clínica no tiene órdenes por teléfono. La dirección libera la visita, o esta espera.</translation>
    </message>
    <message>
        <source>No telephone order passes an absolute item: {message}</source>
        <translation>Ninguna orden por teléfono deja pasar un punto absoluto: {message}</translation>
    </message>
    <message>
        <source>The order was not entered, and nothing was changed. Correct these and try again.</source>
        <translation>La orden no se anotó y nada cambió. Corrija esto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Name what the order lets pass.</source>
        <translation>Indique qué deja pasar la orden.</translation>
    </message>
    <message>
        <source>Write down the exact words of the order.</source>
        <translation>Escriba las palabras exactas de la orden.</translation>
    </message>
    <message>
        <source>Read the words back to the director, and say when that was.</source>
        <translation>Lea las palabras en voz alta a la dirección e indique cuándo fue.</translation>
    </message>
    <message>
        <source>Nobody may let this pass: {message}</source>
        <translation>Nadie puede dejar pasar esto: {message}</translation>
    </message>
    <message>
        <source>Nothing of this name stands against the visit: {code}.</source>
        <translation>Nada con este nombre está en contra de la visita: {code}.</translation>
    </message>
    <message>
        <source>This time has not come yet.</source>
        <translation>Esta hora aún no ha llegado.</translation>
    </message>
    <message>
        <source>English</source>
        <translation>inglés</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>español</translation>
    </message>
    <message>
        <source>Title, English</source>
        <translation>Título, inglés</translation>
    </message>
    <message>
        <source>Notice to the director, English</source>
        <translation>Aviso para la dirección, inglés</translation>
    </message>
    <message>
        <source>Agreement, English</source>
        <translation>Conformidad, inglés</translation>
    </message>
    <message>
        <source>Levels, English</source>
        <translation>Niveles, inglés</translation>
    </message>
    <message>
        <source>Title, Spanish</source>
        <translation>Título, español</translation>
    </message>
    <message>
        <source>Notice to the director, Spanish</source>
        <translation>Aviso para la dirección, español</translation>
    </message>
    <message>
        <source>Agreement, Spanish</source>
        <translation>Conformidad, español</translation>
    </message>
    <message>
        <source>Levels, Spanish</source>
        <translation>Niveles, español</translation>
    </message>
    <message>
        <source>This text cannot be stored as it is. Nothing was stored. Correct what is listed and try again.</source>
        <translation>Este texto no se puede guardar tal como está. No se guardó nada. Corrija lo que se indica e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>From {effective_on} this text is not there in {part2}: sign version {version} in it too.</source>
        <translation>Desde el {effective_on} este texto no está en {part2}: firme también la versión {version} en ese idioma.</translation>
    </message>
    <message>
        <source>Nothing was counted. Correct what is marked and try again.</source>
        <translation>No se contó nada. Corrija lo marcado e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The last day is before the first one.</source>
        <translation>El último día es anterior al primero.</translation>
    </message>
    <message>
        <source>Visit {number} holds a treatment, so its performer is not changed by somebody else. Nothing was changed. Whoever did treat logs in and chooses their own name; where it was signed, or somebody left, the name stays and the director decides.</source>
        <translation>La visita {number} contiene un tratamiento, así que otra persona no puede cambiar quién lo realizó. Nada cambió. Quien lo realizó inicia sesión y elige su propio nombre; si ya se firmó, o si esa persona se fue, el nombre queda y decide la dirección médica.</translation>
    </message>
    <message>
        <source>The user name mixes letters of several alphabets, so it could be taken for another name. Type it in one.</source>
        <translation>El nombre de usuario mezcla letras de varios alfabetos y podría confundirse con otro. Escríbalo en uno solo.</translation>
    </message>
    <message>
        <source>ending the access</source>
        <translation>terminando el acceso</translation>
    </message>
    <message>
        <source>The change of the database key was stopped, as you asked, and the key is as it was. The access has ended all the same. Change the key when there is time; until then Today reminds of it.</source>
        <translation>El cambio de la clave de la base de datos se detuvo, como pidió, y la clave sigue como estaba. El acceso terminó de todos modos. Cambie la clave cuando haya tiempo; hasta entonces, Hoy lo recuerda.</translation>
    </message>
    <message>
        <source>in {left} days</source>
        <translation>en {left} días</translation>
    </message>
    <message>
        <source>{number} of {name} ends on {last_on}, {when}. Ask for the renewed one in time.</source>
        <translation>{number} de {name} termina el {last_on}, {when}. Pida a tiempo el renovado.</translation>
    </message>
    <message>
        <source>{number} of {name} ended on {last_on}. Enter the renewed one.</source>
        <translation>{number} de {name} terminó el {last_on}. Anote el renovado.</translation>
    </message>
    <message>
        <source>Your {number} ends on {last_on}, {when}. Renew it in time.</source>
        <translation>Su {number} termina el {last_on}, {when}. Renuévelo a tiempo.</translation>
    </message>
    <message>
        <source>Your {number} ended on {last_on}. Have the renewed one entered.</source>
        <translation>Su {number} terminó el {last_on}. Haga anotar el renovado.</translation>
    </message>
    <message>
        <source>It is on file from {valid_from} to {expires_on} already. Enter a renewed one from the day after.</source>
        <translation>Ya está archivado del {valid_from} al {expires_on}. Anote uno renovado desde el día siguiente.</translation>
    </message>
    <message>
        <source>The paper was not entered. Correct these and try again.</source>
        <translation>El papel no se anotó. Corrija esto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Its last day lies from {valid_from} to before {expires_on}.</source>
        <translation>Su último día está entre el {valid_from} y antes del {expires_on}.</translation>
    </message>
    <message>
        <source>The paper was not ended. Correct these and try again.</source>
        <translation>El papel no se terminó. Corrija esto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Say what it is: the licence&apos;s kind such as RN, or the name of the training.</source>
        <translation>Indique qué es: el tipo de licencia, como RN, o el nombre de la capacitación.</translation>
    </message>
    <message>
        <source>Write the number as it is printed, 1 to {longest_number} characters.</source>
        <translation>Escriba el número tal como está impreso, de 1 a {longest_number} caracteres.</translation>
    </message>
    <message>
        <source>{name} has no paper with the number {number}.</source>
        <translation>{name} no tiene ningún papel con el número {number}.</translation>
    </message>
    <message>
        <source>Give the reason why it ends.</source>
        <translation>Indique por qué termina.</translation>
    </message>
    <message>
        <source>A name has at most {longest_name} characters.</source>
        <translation>Un nombre tiene como máximo {longest_name} caracteres.</translation>
    </message>
    <message>
        <source>Say who issued it, in 1 to {longest_name} characters.</source>
        <translation>Indique quién lo emitió, en 1 a {longest_name} caracteres.</translation>
    </message>
    <message>
        <source>The last day lies after 2100. Write its year as it is printed.</source>
        <translation>El último día está después de 2100. Escriba el año tal como está impreso.</translation>
    </message>
    <message>
        <source>That is no licence. Choose what it is above.</source>
        <translation>Eso no es una licencia. Elija arriba qué es.</translation>
    </message>
    <message>
        <source>The withdrawal was not written down. Correct what is marked and try again.</source>
        <translation>El retiro no se anotó. Corrija lo marcado y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Draft, not legal advice. Nothing applies until the clinic&apos;s director has checked and signed it. The line of 0.5 mm comes from articles, not from the text of a rule.</source>
        <translation>Borrador, no es asesoría legal. Nada vale hasta que la dirección de la clínica lo haya revisado y firmado. La línea de 0.5 mm viene de artículos, no del texto de una norma.</translation>
    </message>
    <message>
        <source>Draft, not legal advice. Every value is the strictest one or unknown; write the clinic&apos;s own, with their sources, before signing it.</source>
        <translation>Borrador, no es asesoría legal. Cada valor es el más estricto o no se sabe; escriba los de la clínica, con sus fuentes, antes de firmarlo.</translation>
    </message>
    <message>
        <source>Draft, not legal advice. Nothing applies until the clinic&apos;s director has checked and signed it. Estheticians perform no needling in California by every source seen. A spa owned by others than physicians and nurses is a question for counsel. How many charts are reviewed stands in the practice agreement.</source>
        <translation>Borrador, no es asesoría legal. Nada vale hasta que la dirección de la clínica lo haya revisado y firmado. Según todas las fuentes vistas, en California la estética no hace microagujas. Un spa que no es de médicos ni enfermería es asunto para un abogado. Cuántos expedientes se revisan está en el acuerdo de práctica.</translation>
    </message>
    <message>
        <source>Draft, not legal advice. Nothing applies until the clinic&apos;s director has checked and signed it. The written supervision agreement of section 458.348 and limits on offices off-site were not read in full. No rule of its own for minors&apos; records was found. Whether a facial specialist may act as delegate is for counsel; no role stands here.</source>
        <translation>Borrador, no es asesoría legal. Nada vale hasta que la dirección de la clínica lo haya revisado y firmado. El acuerdo escrito de supervisión de la sección 458.348 y los límites de consultorios externos no se leyeron enteros. No se encontró una norma propia para expedientes de menores. Si un especialista facial puede actuar por delegación es asunto para un abogado; aquí no figura.</translation>
    </message>
    <message>
        <source>Draft, not legal advice. Nothing applies until the clinic&apos;s director has checked and signed it. A nurse practitioner works alone after 3,600 hours; who has not needs a collaborating physician, which this draft does not know. A bill for estheticians to 0.3 mm had not passed. State inspectors have visited spas and cited many.</source>
        <translation>Borrador, no es asesoría legal. Nada vale hasta que la dirección de la clínica lo haya revisado y firmado. La enfermería de práctica avanzada trabaja sola tras 3,600 horas; antes necesita un médico colaborador, cosa que este borrador no sabe. Un proyecto de ley para estética hasta 0.3 mm no se había aprobado. La inspección estatal ha visitado spas y citado a muchos.</translation>
    </message>
    <message>
        <source>Draft, not legal advice. Nothing applies until the clinic&apos;s director has checked and signed it. Whether an esthetician may needle was not found; no role stands here.</source>
        <translation>Borrador, no es asesoría legal. Nada vale hasta que la dirección de la clínica lo haya revisado y firmado. No se encontró si la estética puede usar microagujas; aquí no figura.</translation>
    </message>
    <message>
        <source>Draft, not legal advice. Nothing applies until the clinic&apos;s director has checked and signed it. The text of 22 TAC 169.25 to 169.28 was seen in summaries only. That an esthetician may act as the physician&apos;s delegate is claimed by weak sources alone.</source>
        <translation>Borrador, no es asesoría legal. Nada vale hasta que la dirección de la clínica lo haya revisado y firmado. El texto de 22 TAC 169.25 a 169.28 se vio solo en resúmenes. Que la estética puede actuar por delegación médica lo dicen solo fuentes débiles.</translation>
    </message>
    <message>
        <source>Draft, not legal advice. Nothing applies until the clinic&apos;s director has checked and signed it. How long records are kept was not found. How deep a master esthetician may go under supervision is not stated; the protocol rules.</source>
        <translation>Borrador, no es asesoría legal. Nada vale hasta que la dirección de la clínica lo haya revisado y firmado. No se encontró cuánto se guardan los expedientes. No se dice hasta qué profundidad puede llegar la estética maestra con supervisión; manda el protocolo.</translation>
    </message>
    <message>
        <source>Isotretinoin, taking now</source>
        <translation>Isotretinoína, la toma ahora</translation>
    </message>
    <message>
        <source>Are you taking isotretinoin (for example Accutane)?</source>
        <translation>¿Está tomando isotretinoína (por ejemplo Accutane)?</translation>
    </message>
    <message>
        <source>Isotretinoin, taken recently</source>
        <translation>Isotretinoína, la tomó hace poco</translation>
    </message>
    <message>
        <source>Have you taken isotretinoin (for example Accutane) in the last 12 months? On what day was the last dose?</source>
        <translation>¿Ha tomado isotretinoína (por ejemplo Accutane) en los últimos 12 meses? ¿Qué día fue la última dosis?</translation>
    </message>
    <message>
        <source>Topical retinoid</source>
        <translation>Retinoide tópico</translation>
    </message>
    <message>
        <source>Have you used tretinoin, adapalene or retinol on the area in the last week? On what day last?</source>
        <translation>¿Ha usado tretinoína, adapaleno o retinol en la zona en la última semana? ¿Qué día por última vez?</translation>
    </message>
    <message>
        <source>Acids, benzoyl peroxide or scrubs</source>
        <translation>Ácidos, peróxido de benzoílo o exfoliantes</translation>
    </message>
    <message>
        <source>Have you used acids, benzoyl peroxide, hydroquinone or scrubs on the area in the last week? On what day last?</source>
        <translation>¿Ha usado ácidos, peróxido de benzoílo, hidroquinona o exfoliantes en la zona en la última semana? ¿Qué día por última vez?</translation>
    </message>
    <message>
        <source>Blood thinner</source>
        <translation>Anticoagulante</translation>
    </message>
    <message>
        <source>Younger than the device&apos;s label</source>
        <translation>Edad menor que la de la etiqueta del aparato</translation>
    </message>
    <message>
        <source>The date of birth answers this: how old is the patient on the day of the visit?</source>
        <translation>La fecha de nacimiento responde a esto: ¿qué edad tiene el paciente el día de la visita?</translation>
    </message>
    <message>
        <source>Fitness to decide, and expectations</source>
        <translation>Capacidad de decidir y expectativas</translation>
    </message>
    <message>
        <source>In your own judgement: can the person not decide freely, are the hopes unrealistic, or does the look of the body cause great distress?</source>
        <translation>A su propio juicio: ¿la persona no puede decidir libremente, espera algo poco realista o sufre mucho por su aspecto?</translation>
    </message>
    <message>
        <source>Aspirin</source>
        <translation>Aspirina</translation>
    </message>
    <message>
        <source>Pain reliever such as ibuprofen</source>
        <translation>Analgésico como el ibuprofeno</translation>
    </message>
    <message>
        <source>Have you taken ibuprofen, naproxen or a similar pain reliever in the last week? On what day last?</source>
        <translation>¿Ha tomado ibuprofeno, naproxeno u otro analgésico parecido en la última semana? ¿Qué día por última vez?</translation>
    </message>
    <message>
        <source>Where it is prescribed, ask the prescriber.</source>
        <translation>Si está recetado, pregunte a quien lo recetó.</translation>
    </message>
    <message>
        <source>Supplement that may add bruising</source>
        <translation>Suplemento que puede aumentar los moretones</translation>
    </message>
    <message>
        <source>Have you taken fish oil, vitamin E, ginkgo or St John&apos;s wort in the last week? On what day last?</source>
        <translation>¿Ha tomado aceite de pescado, vitamina E, ginkgo o hierba de San Juan en la última semana? ¿Qué día por última vez?</translation>
    </message>
    <message>
        <source>Bleeding or clotting disorder</source>
        <translation>Trastorno de sangrado o coagulación</translation>
    </message>
    <message>
        <source>This is version {part1} word for word. Nothing was stored.</source>
        <translation>Esto es la versión {part1} palabra por palabra. No se guardó nada.</translation>
    </message>
    <message>
        <source>Do you take a blood thinner or a medicine against clots (for example warfarin, apixaban, heparin, clopidogrel)?</source>
        <translation>¿Toma un anticoagulante o un medicamento contra los coágulos (por ejemplo warfarina, apixabán, heparina, clopidogrel)?</translation>
    </message>
    <message>
        <source>Ask the prescriber, and the director decides.</source>
        <translation>Pregunte a quien lo recetó, y decide la dirección.</translation>
    </message>
    <message>
        <source>Do you take aspirin, or have you taken any in the last 2 weeks?</source>
        <translation>¿Toma aspirina, o la ha tomado en las últimas 2 semanas?</translation>
    </message>
    <message>
        <source>Alcohol in the last day</source>
        <translation>Alcohol desde ayer</translation>
    </message>
    <message>
        <source>Have you had alcohol since yesterday? On what day last?</source>
        <translation>¿Ha tomado alcohol desde ayer? ¿Qué día por última vez?</translation>
    </message>
    <message>
        <source>Do you have a bleeding or clotting disorder?</source>
        <translation>¿Tiene un trastorno de sangrado o de coagulación?</translation>
    </message>
    <message>
        <source>Botulinum toxin in the area</source>
        <translation>Toxina botulínica en la zona</translation>
    </message>
    <message>
        <source>Have you had botulinum toxin in the area in the last 6 months? On what day?</source>
        <translation>¿Le han aplicado toxina botulínica en la zona en los últimos 6 meses? ¿Qué día?</translation>
    </message>
    <message>
        <source>Filler in the area</source>
        <translation>Relleno en la zona</translation>
    </message>
    <message>
        <source>Have you had filler in the area in the last 6 months? On what day?</source>
        <translation>¿Le han puesto relleno en la zona en los últimos 6 meses? ¿Qué día?</translation>
    </message>
    <message>
        <source>Laser or intense light</source>
        <translation>Láser o luz intensa</translation>
    </message>
    <message>
        <source>Have you had laser or intense light on the area in the last month? On what day?</source>
        <translation>¿Le han aplicado láser o luz intensa en la zona en el último mes? ¿Qué día?</translation>
    </message>
    <message>
        <source>Light or medium chemical peel</source>
        <translation>Peeling químico suave o medio</translation>
    </message>
    <message>
        <source>Have you had a light or medium chemical peel on the area in the last month? On what day?</source>
        <translation>¿Le han hecho un peeling químico suave o medio en la zona en el último mes? ¿Qué día?</translation>
    </message>
    <message>
        <source>Deep peel or skin resurfacing</source>
        <translation>Peeling profundo o rejuvenecimiento cutáneo</translation>
    </message>
    <message>
        <source>Have you had a deep peel, dermabrasion or resurfacing laser on the area in the last 3 months? On what day?</source>
        <translation>¿Le han hecho un peeling profundo, dermoabrasión o láser de rejuvenecimiento en la zona en los últimos 3 meses? ¿Qué día?</translation>
    </message>
    <message>
        <source>Surgery in the area</source>
        <translation>Cirugía en la zona</translation>
    </message>
    <message>
        <source>Have you had a facelift, eyelid or other surgery in the area in the last year? On what day?</source>
        <translation>¿Le han hecho un estiramiento facial, cirugía de párpados u otra cirugía en la zona en el último año? ¿Qué día?</translation>
    </message>
    <message>
        <source>Waxing or hair removal</source>
        <translation>Cera o depilación</translation>
    </message>
    <message>
        <source>Have you waxed or used hair remover on the area in the last week? On what day?</source>
        <translation>¿Se ha depilado con cera o crema en la zona en la última semana? ¿Qué día?</translation>
    </message>
    <message>
        <source>Shaving today</source>
        <translation>Afeitado hoy</translation>
    </message>
    <message>
        <source>Was the area shaved today? On what day last?</source>
        <translation>¿Se afeitó la zona hoy? ¿Qué día por última vez?</translation>
    </message>
    <message>
        <source>Sunburn or fresh tan now</source>
        <translation>Quemadura de sol o bronceado reciente ahora</translation>
    </message>
    <message>
        <source>Is the area sunburned or freshly tanned today?</source>
        <translation>¿La zona está hoy quemada por el sol o recién bronceada?</translation>
    </message>
    <message>
        <source>Recent sunburn</source>
        <translation>Quemadura de sol reciente</translation>
    </message>
    <message>
        <source>Was the area sunburned in the last 2 weeks? On what day?</source>
        <translation>¿Se quemó la zona con el sol en las últimas 2 semanas? ¿Qué día?</translation>
    </message>
    <message>
        <source>Active acne in the area</source>
        <translation>Acné activo en la zona</translation>
    </message>
    <message>
        <source>Are there inflamed pimples, pustules or cysts in the area?</source>
        <translation>¿Hay granos inflamados, pústulas o quistes en la zona?</translation>
    </message>
    <message>
        <source>Cold sore now or just healed</source>
        <translation>Herpes labial ahora o recién curado</translation>
    </message>
    <message>
        <source>Do you have a cold sore or a tingling lip, or did one heal in the last 2 weeks? On what day had it healed?</source>
        <translation>¿Tiene herpes labial u hormigueo en el labio, o se le curó uno en las últimas 2 semanas? ¿Qué día ya estaba curado?</translation>
    </message>
    <message>
        <source>Cold sores in the past</source>
        <translation>Herpes labial en el pasado</translation>
    </message>
    <message>
        <source>Do you get cold sores?</source>
        <translation>¿Le sale herpes labial?</translation>
    </message>
    <message>
        <source>Record the prescriber&apos;s order or plan.</source>
        <translation>Registre la orden o el plan de quien receta.</translation>
    </message>
    <message>
        <source>Infection, rash or open wound in the area</source>
        <translation>Infección, erupción o herida abierta en la zona</translation>
    </message>
    <message>
        <source>Is there an infection, wart, rash or open wound in the area?</source>
        <translation>¿Hay una infección, verruga, erupción o herida abierta en la zona?</translation>
    </message>
    <message>
        <source>Eczema, psoriasis or rosacea in the area</source>
        <translation>Eczema, psoriasis o rosácea en la zona</translation>
    </message>
    <message>
        <source>Do you have eczema, psoriasis or rosacea in the area?</source>
        <translation>¿Tiene eczema, psoriasis o rosácea en la zona?</translation>
    </message>
    <message>
        <source>Keloids or raised scars elsewhere</source>
        <translation>Queloides o cicatrices elevadas en otro lugar</translation>
    </message>
    <message>
        <source>Do you form keloids or raised scars anywhere?</source>
        <translation>¿Forma queloides o cicatrices elevadas en algún lugar?</translation>
    </message>
    <message>
        <source>Keloid in the area</source>
        <translation>Queloide en la zona</translation>
    </message>
    <message>
        <source>Is there a keloid in the area to be treated?</source>
        <translation>¿Hay un queloide en la zona que se va a tratar?</translation>
    </message>
    <message>
        <source>Scar younger than 6 months in the area</source>
        <translation>Cicatriz de menos de 6 meses en la zona</translation>
    </message>
    <message>
        <source>Is there a scar in the area that is younger than 6 months? On what day did it come?</source>
        <translation>¿Hay en la zona una cicatriz de menos de 6 meses? ¿Qué día se produjo?</translation>
    </message>
    <message>
        <source>Skin cancer or suspicious spot in the area</source>
        <translation>Cáncer de piel o lunar sospechoso en la zona</translation>
    </message>
    <message>
        <source>Is there skin cancer or an unchecked spot in the area?</source>
        <translation>¿Hay cáncer de piel o una mancha sin revisar en la zona?</translation>
    </message>
    <message>
        <source>Actinic keratosis in the area</source>
        <translation>Queratosis actínica en la zona</translation>
    </message>
    <message>
        <source>Are there rough, scaly sun spots (actinic keratosis) in the area?</source>
        <translation>¿Hay en la zona manchas de sol ásperas o escamosas (queratosis actínica)?</translation>
    </message>
    <message>
        <source>A doctor looks at it first.</source>
        <translation>Antes la revisa un médico.</translation>
    </message>
    <message>
        <source>Pregnant or breast-feeding</source>
        <translation>Embarazo o lactancia</translation>
    </message>
    <message>
        <source>Are you pregnant or breast-feeding?</source>
        <translation>¿Está embarazada o amamantando?</translation>
    </message>
    <message>
        <source>Scleroderma or collagen disease</source>
        <translation>Esclerodermia o enfermedad del colágeno</translation>
    </message>
    <message>
        <source>Do you have scleroderma or a collagen disease?</source>
        <translation>¿Tiene esclerodermia o una enfermedad del colágeno?</translation>
    </message>
    <message>
        <source>Autoimmune disease</source>
        <translation>Enfermedad autoinmune</translation>
    </message>
    <message>
        <source>Do you have an autoimmune disease (for example lupus or rheumatoid arthritis)?</source>
        <translation>¿Tiene una enfermedad autoinmune (por ejemplo lupus o artritis reumatoide)?</translation>
    </message>
    <message>
        <source>Weakened immune system</source>
        <translation>Sistema inmunitario debilitado</translation>
    </message>
    <message>
        <source>Is your immune system weakened, or do you take long-term steroids?</source>
        <translation>¿Tiene debilitado el sistema inmunitario, o toma esteroides a largo plazo?</translation>
    </message>
    <message>
        <source>Chemotherapy</source>
        <translation>Quimioterapia</translation>
    </message>
    <message>
        <source>Have you had chemotherapy in the last 6 months? On what day was the last dose?</source>
        <translation>¿Ha recibido quimioterapia en los últimos 6 meses? ¿Qué día fue la última dosis?</translation>
    </message>
    <message>
        <source>Ask the prescriber.</source>
        <translation>Pregunte a quien lo recetó.</translation>
    </message>
    <message>
        <source>Radiation to the area</source>
        <translation>Radioterapia en la zona</translation>
    </message>
    <message>
        <source>Have you had radiation to the area in the last 3 months? On what day?</source>
        <translation>¿Ha recibido radioterapia en la zona en los últimos 3 meses? ¿Qué día?</translation>
    </message>
    <message>
        <source>Do you have diabetes that is well controlled?</source>
        <translation>¿Tiene diabetes que está bien controlada?</translation>
    </message>
    <message>
        <source>Record how well it is controlled.</source>
        <translation>Registre qué tan bien está controlada.</translation>
    </message>
    <message>
        <source>Diabetes, not well controlled</source>
        <translation>Diabetes no bien controlada</translation>
    </message>
    <message>
        <source>Do you have diabetes that is not well controlled?</source>
        <translation>¿Tiene diabetes que no está bien controlada?</translation>
    </message>
    <message>
        <source>Heart condition or implanted device</source>
        <translation>Enfermedad del corazón o dispositivo implantado</translation>
    </message>
    <message>
        <source>Do you have a heart condition, a pacemaker or another implanted device?</source>
        <translation>¿Tiene una enfermedad del corazón, un marcapasos u otro dispositivo implantado?</translation>
    </message>
    <message>
        <source>Implanted device and radiofrequency</source>
        <translation>Dispositivo implantado y radiofrecuencia</translation>
    </message>
    <message>
        <source>Do you have a pacemaker or another implanted electrical device? The treatment uses radiofrequency.</source>
        <translation>¿Tiene un marcapasos u otro dispositivo eléctrico implantado? El tratamiento usa radiofrecuencia.</translation>
    </message>
    <message>
        <source>Allergy to steel or nickel</source>
        <translation>Alergia al acero o al níquel</translation>
    </message>
    <message>
        <source>Are you allergic to stainless steel or nickel?</source>
        <translation>¿Es alérgico o alérgica al acero inoxidable o al níquel?</translation>
    </message>
    <message>
        <source>Allergy to anaesthetics</source>
        <translation>Alergia a los anestésicos</translation>
    </message>
    <message>
        <source>Fever or illness today</source>
        <translation>Fiebre o enfermedad hoy</translation>
    </message>
    <message>
        <source>Do you have a fever or feel ill today?</source>
        <translation>¿Tiene fiebre o se siente mal hoy?</translation>
    </message>
    <message>
        <source>Recent vaccination or dental work</source>
        <translation>Vacuna o trabajo dental recientes</translation>
    </message>
    <message>
        <source>Are you allergic to numbing creams or injections (lidocaine, tetracaine, benzocaine, PABA, prilocaine)?</source>
        <translation>¿Es alérgico o alérgica a las cremas o inyecciones anestésicas (lidocaína, tetracaína, benzocaína, PABA, prilocaína)?</translation>
    </message>
    <message>
        <source>Do you have methaemoglobinaemia or G6PD deficiency?</source>
        <translation>¿Tiene metahemoglobinemia o déficit de G6PD?</translation>
    </message>
    <message>
        <source>It concerns prilocaine and benzocaine creams.</source>
        <translation>Se refiere a las cremas con prilocaína o benzocaína.</translation>
    </message>
    <message>
        <source>Medicine for the heart&apos;s rhythm</source>
        <translation>Medicamento para el ritmo del corazón</translation>
    </message>
    <message>
        <source>Do you take a medicine for the heart&apos;s rhythm (for example flecainide, mexiletine, disopyramide)?</source>
        <translation>¿Toma un medicamento para el ritmo del corazón (por ejemplo flecainida, mexiletina, disopiramida)?</translation>
    </message>
    <message>
        <source>Tattoo or permanent make-up in the area</source>
        <translation>Tatuaje o maquillaje permanente en la zona</translation>
    </message>
    <message>
        <source>Is there a tattoo or permanent make-up in the area?</source>
        <translation>¿Hay un tatuaje o maquillaje permanente en la zona?</translation>
    </message>
    <message>
        <source>Medicine that makes skin sensitive to light</source>
        <translation>Medicamento que hace la piel sensible a la luz</translation>
    </message>
    <message>
        <source>Do you take a medicine that makes your skin sensitive to light (for example doxycycline)?</source>
        <translation>¿Toma un medicamento que hace su piel sensible a la luz (por ejemplo doxiciclina)?</translation>
    </message>
    <message>
        <source>Have you had a vaccination or dental work in the last 2 weeks? On what day?</source>
        <translation>¿Le han puesto una vacuna o hecho un trabajo dental en las últimas 2 semanas? ¿Qué día?</translation>
    </message>
    <message>
        <source>The date of birth lies in the future.</source>
        <translation>La fecha de nacimiento está en el futuro.</translation>
    </message>
    <message>
        <source>Your signature needs your key file besides the password. Nothing was signed or changed. Plug in the stick that holds it and choose the file. If it is lost, have a director or an administrator end your signature key, then make a new one.</source>
        <translation>Su firma necesita su archivo de clave además de la contraseña. Nada se firmó ni cambió. Conecte la memoria USB que lo contiene y elija el archivo. Si se perdió, pida a la dirección o a la administración que ponga fin a su clave de firma y cree después una nueva.</translation>
    </message>
    <message>
        <source>There is no way of contact called {part1}. There are {contact_codes}.</source>
        <translation>No hay ninguna vía de contacto llamada {part1}. Hay {contact_codes}.</translation>
    </message>
    <message>
        <source>Enter a phone number, or an email address where there is no phone.</source>
        <translation>Escriba un número de teléfono, o un correo electrónico si no hay teléfono.</translation>
    </message>
    <message>
        <source>At most {part1} characters; this has {text}.</source>
        <translation>Como máximo {part1} caracteres; esto tiene {text}.</translation>
    </message>
    <message>
        <source>That is more than {oldest_age} years ago. Check the year.</source>
        <translation>Eso es hace más de {oldest_age} años. Revise el año.</translation>
    </message>
    <message>
        <source>“Do not contact” and a way of contact cannot both be chosen.</source>
        <translation>No se pueden elegir a la vez «No contactar» y una vía de contacto.</translation>
    </message>
    <message>
        <source>Choose how this person may be contacted, or “Do not contact”.</source>
        <translation>Elija cómo se puede contactar a esta persona, o «No contactar».</translation>
    </message>
    <message>
        <source>Nothing was changed, and the clinic is open for reading alone. If there is a newer copy of this folder or a newer backup, close the clinic and bring that back. If the entries are lost for good, an administrator or the director says so together with a second person, and the clinic goes on: mnclinic check --continue-after-loss --reason &quot;…&quot; --second-user NAME.</source>
        <translation>Nada cambió, y la clínica está abierta solo para leer. Si hay una copia más nueva de esta carpeta o un respaldo más nuevo, cierre la clínica y tráigalo de vuelta. Si las entradas se perdieron para siempre, la administración o la dirección lo dice junto con una segunda persona, y la clínica sigue: mnclinic check --continue-after-loss --reason &quot;…&quot; --second-user NOMBRE.</translation>
    </message>
    <message>
        <source>Nothing else that is known speaks against the log. That is in the log now, and the file is written anew with the next signature or at closing. If you have a printed page or a bundle, hold the log against it: mnclinic check --checkpoint.</source>
        <translation>Nada más de lo que se sabe contradice la bitácora. Eso está ahora en la bitácora, y el archivo se escribe de nuevo con la próxima firma o al cerrar. Si tiene una página impresa o un paquete, compare con él la bitácora: mnclinic check --checkpoint.</translation>
    </message>
    <message>
        <source>It is left there as it is, and nothing new is kept in the keyring. If it is a stranger&apos;s, remove the entry from the keyring; if not, hold a printed page against the log: mnclinic check --checkpoint.</source>
        <translation>Se deja ahí como está, y no se guarda nada nuevo en el llavero. Si es de alguien ajeno, quite la entrada del llavero; si no, compare la bitácora con una página impresa: mnclinic check --checkpoint.</translation>
    </message>
    <message>
        <source>The file clinic.head, which lies beside the database as its witness, is missing.</source>
        <translation>Falta el archivo clinic.head, que está junto a la base de datos como su testigo.</translation>
    </message>
    <message>
        <source>The file clinic.head, which lies beside the database as its witness, is damaged or another clinic&apos;s.</source>
        <translation>El archivo clinic.head, que está junto a la base de datos como su testigo, está dañado o es de otra clínica.</translation>
    </message>
    <message>
        <source>the log begins with it</source>
        <translation>la bitácora empieza con él</translation>
    </message>
    <message>
        <source>it knows of more entries than the log has</source>
        <translation>conoce más entradas de las que tiene la bitácora</translation>
    </message>
    <message>
        <source>it knows of other entries than the log&apos;s</source>
        <translation>conoce otras entradas que las de la bitácora</translation>
    </message>
    <message>
        <source>it is of another clinic</source>
        <translation>es de otra clínica</translation>
    </message>
    <message>
        <source>this installation&apos;s signature is not on it, or does not hold</source>
        <translation>la firma de esta instalación no está en él o no es válida</translation>
    </message>
    <message>
        <source>it is no checkpoint</source>
        <translation>no es un punto de control</translation>
    </message>
    <message>
        <source>This PC&apos;s keyring holds no checkpoint of this log: {value}. {kept_there}</source>
        <translation>El llavero de esta computadora no guarda ningún punto de control de esta bitácora: {value}. {kept_there}</translation>
    </message>
    <message>
        <source>The clinic was not set up. Correct these and try again.</source>
        <translation>La clínica no se creó. Corrija esto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The file of answers is larger than 1 MB. Nothing was done.</source>
        <translation>El archivo de respuestas tiene más de 1 MB. Nada se hizo.</translation>
    </message>
    <message>
        <source>The file of answers cannot be read. Nothing was done. Check its name and that you may read it.</source>
        <translation>El archivo de respuestas no se puede leer. Nada se hizo. Revise su nombre y que usted pueda leerlo.</translation>
    </message>
    <message>
        <source>it is not UTF-8 text</source>
        <translation>no es texto UTF-8</translation>
    </message>
    <message>
        <source>The file of answers is not TOML. Nothing was done.</source>
        <translation>El archivo de respuestas no es TOML. Nada se hizo.</translation>
    </message>
    <message>
        <source>There is no such file: {file}.</source>
        <translation>No existe el archivo: {file}.</translation>
    </message>
    <message>
        <source>The recovery sheet could not be written at the place that was named, so no clinic was made and nothing of it is left. Check the place and its disk, or name another, then try again.</source>
        <translation>La hoja de recuperación no se pudo escribir en el lugar indicado, así que no se creó ninguna clínica y no queda nada de ella. Revise el lugar y su disco, o indique otro, e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>Este archivo no se puede leer.</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>política</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>protocolo</translation>
    </message>
    <message>
        <source>consent text</source>
        <translation>texto de consentimiento</translation>
    </message>
    <message>
        <source>off-label authorisation</source>
        <translation>autorización fuera de indicación</translation>
    </message>
    <message>
        <source>I read this document whole and put it in force at this clinic from its effective day.</source>
        <translation>Leí este documento completo y lo pongo en vigor en esta clínica desde su día de vigencia.</translation>
    </message>
    <message>
        <source>There is no such document. Nothing was changed.</source>
        <translation>No existe ese documento. Nada cambió.</translation>
    </message>
    <message>
        <source>{name} version {version} is approved already.</source>
        <translation>{name} versión {version} ya está aprobado.</translation>
    </message>
    <message>
        <source>Say why the legal hold ends.</source>
        <translation>Diga por qué termina la retención legal.</translation>
    </message>
    <message>
        <source>{what} Nothing was changed.</source>
        <translation>{what} Nada cambió.</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 día</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} días</translation>
    </message>
    <message>
        <source>No good backup for {words}.</source>
        <translation>Ningún respaldo bueno desde hace {words}.</translation>
    </message>
    <message>
        <source>No backup was proven yet, after {words}.</source>
        <translation>Ningún respaldo comprobado todavía, después de {words}.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nada cambió.</translation>
    </message>
    <message>
        <source>The backup of {made_at} could not be made in {place}. Plug the disk in or choose another place, then back up now.</source>
        <translation>El respaldo del {made_at} no se pudo hacer en {place}. Conecte el disco o elija otro sitio, y haga un respaldo ahora.</translation>
    </message>
    <message>
        <source>The newest backup was checked: {verdict}. Back up now, to another disk.</source>
        <translation>Se revisó el respaldo más nuevo: {verdict}. Haga un respaldo ahora, en otro disco.</translation>
    </message>
    <message>
        <source>{since} Back up now.</source>
        <translation>{since} Haga un respaldo ahora.</translation>
    </message>
    <message>
        <source>The place for backups is not there: {folder}. Plug the disk in or choose another.</source>
        <translation>El sitio de los respaldos no está: {folder}. Conecte el disco o elija otro.</translation>
    </message>
    <message>
        <source>Backups lie on this PC alone and are lost with it. Choose a removable disk for them.</source>
        <translation>Los respaldos están solo en esta computadora y se pierden con ella. Elija para ellos un disco extraíble.</translation>
    </message>
    <message>
        <source>another one stands in its place</source>
        <translation>hay otro en su lugar</translation>
    </message>
    <message>
        <source>Deceased</source>
        <translation>Fallecido</translation>
    </message>
    <message>
        <source>Legal hold</source>
        <translation>Retención legal</translation>
    </message>
    <message>
        <source>The merged records have different dates of birth</source>
        <translation>Los expedientes unidos tienen fechas de nacimiento distintas</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inactivo</translation>
    </message>
    <message>
        <source>Do not contact</source>
        <translation>No contactar</translation>
    </message>
    <message>
        <source>The glass is broken already, until {until}.</source>
        <translation>El cristal ya está roto, hasta {until}.</translation>
    </message>
    <message>
        <source>You have no broken glass to give back. Nothing was changed.</source>
        <translation>No tiene ningún cristal roto que devolver. Nada cambió.</translation>
    </message>
    <message>
        <source>The glass was not broken. Nothing was changed. Correct these.</source>
        <translation>El cristal no se rompió. Nada cambió. Corrija esto.</translation>
    </message>
    <message>
        <source>There is no such broken glass. Nothing was changed. The queue lists those there are.</source>
        <translation>No existe ese cristal roto. Nada cambió. La cola muestra los que hay.</translation>
    </message>
    <message>
        <source>Say in a few words what happened, so that the director understands.</source>
        <translation>Diga en pocas palabras qué pasó, para que la dirección lo entienda.</translation>
    </message>
    <message>
        <source>Keep the reason under {longest_reason} characters.</source>
        <translation>Use menos de {longest_reason} caracteres para el motivo.</translation>
    </message>
    <message>
        <source>Take {shortest_minutes} to {longest_minutes} minutes; an hour is usual.</source>
        <translation>Tome de {shortest_minutes} a {longest_minutes} minutos; lo habitual es una hora.</translation>
    </message>
    <message>
        <source>{said} Nothing was changed.</source>
        <translation>{said} Nada cambió.</translation>
    </message>
    <message>
        <source>This is not the id of a broken glass.</source>
        <translation>Esto no es el id de un cristal roto.</translation>
    </message>
    <message>
        <source>This broken glass was marked as seen before. Nothing was changed.</source>
        <translation>Este cristal roto ya se había marcado como visto. Nada cambió.</translation>
    </message>
    <message>
        <source>The details were not changed. Correct what is marked and save again.</source>
        <translation>Los datos no se cambiaron. Corrija lo marcado y guarde otra vez.</translation>
    </message>
    <message>
        <source>There is no such field.</source>
        <translation>No existe ese campo.</translation>
    </message>
    <message>
        <source>The phototype is a number from 1 to 6.</source>
        <translation>El fototipo es un número de 1 a 6.</translation>
    </message>
    <message>
        <source>That is how this person stands already. Nothing was changed.</source>
        <translation>Esta persona ya está así. Nada cambió.</translation>
    </message>
    <message>
        <source>Nothing was changed. Correct what is marked.</source>
        <translation>Nada cambió. Corrija lo marcado.</translation>
    </message>
    <message>
        <source>At most {longest_note} characters.</source>
        <translation>Como máximo {longest_note} caracteres.</translation>
    </message>
    <message>
        <source>Enter the day; where nobody knows it, the day on which you were told.</source>
        <translation>Escriba el día; si nadie lo sabe, el día en que se lo dijeron.</translation>
    </message>
    <message>
        <source>Enter who told you.</source>
        <translation>Escriba quién se lo dijo.</translation>
    </message>
    <message>
        <source>Only somebody deceased has a day of death.</source>
        <translation>Solo alguien fallecido tiene un día de fallecimiento.</translation>
    </message>
    <message>
        <source>its role is not the one that its signer has</source>
        <translation>su función no es la que tiene quien firma</translation>
    </message>
    <message>
        <source>it speaks of something that this act is not about</source>
        <translation>habla de algo de lo que no trata este acto</translation>
    </message>
    <message>
        <source>log entry {part1}</source>
        <translation>entrada de la bitácora {part1}</translation>
    </message>
    <message>
        <source>signature on {part1} revision {part2} ({part3})</source>
        <translation>firma en {part1} revisión {part2} ({part3})</translation>
    </message>
    <message>
        <source>key {part1}</source>
        <translation>clave {part1}</translation>
    </message>
    <message>
        <source> until log entry {removed} took that away</source>
        <translation> hasta que la entrada de la bitácora {removed} lo quitó</translation>
    </message>
    <message>
        <source>the key that signed it is no signature key of its signer</source>
        <translation>la clave que lo firmó no es una clave de firma de quien firma</translation>
    </message>
    <message>
        <source>somebody else entered it, and no reset of the password</source>
        <translation>otra persona lo registró, y no hubo restablecimiento de la contraseña</translation>
    </message>
    <message>
        <source>staff {part1}</source>
        <translation>personal {part1}</translation>
    </message>
    <message>
        <source>the role is not the one for which the keys were made</source>
        <translation>la función no es aquella para la que se crearon las claves</translation>
    </message>
    <message>
        <source>The key of this entry belongs to somebody else than its actor.</source>
        <translation>La clave de esta entrada es de otra persona que quien actuó.</translation>
    </message>
    <message>
        <source>This entry names an installation that is not in the register.</source>
        <translation>Esta entrada nombra una instalación que no está en el registro.</translation>
    </message>
    <message>
        <source>this version of mnclinic knows no act {part1}</source>
        <translation>esta versión de mnclinic no conoce el acto {part1}</translation>
    </message>
    <message>
        <source>it was entered after the clinic had been set up</source>
        <translation>se registró después de que la clínica estuviera configurada</translation>
    </message>
    <message>
        <source>it adds somebody who was on the staff already</source>
        <translation>agrega a alguien que ya estaba en el personal</translation>
    </message>
    <message>
        <source>the recovery sheet makes administrators, and this is none</source>
        <translation>la hoja de recuperación crea administraciones, y esta persona no lo es</translation>
    </message>
    <message>
        <source>log entry {part1} enters an installation after the set-up</source>
        <translation>la entrada de la bitácora {part1} registra una instalación después de la configuración</translation>
    </message>
    <message>
        <source>{name} signed with a key file besides the password{until}, and this key was made without it: nobody else ended the key before, and that one does not speak for it</source>
        <translation>{name} firmaba con un archivo de clave además de la contraseña{until}, y esta clave se creó sin él: nadie más terminó la clave anterior, y aquella no responde por esta</translation>
    </message>
    <message>
        <source>it was found in the key file and entered for {name} with log entry {part2}, as after a power cut; no key of theirs speaks for it, so ask them</source>
        <translation>se encontró en el archivo de claves y se registró para {name} con la entrada de la bitácora {part2}, como después de un apagón; ninguna clave suya responde por ella, así que pregúntele</translation>
    </message>
    <message>
        <source>somebody else entered it, and no reset of the password, before {part1}</source>
        <translation>otra persona lo registró, y no hubo restablecimiento de la contraseña, antes de {part1}</translation>
    </message>
    <message>
        <source>only a director&apos;s new key takes a word like that</source>
        <translation>solo la clave nueva de una dirección lleva una palabra así</translation>
    </message>
    <message>
        <source>only a director decides this, and its signer is none</source>
        <translation>solo una dirección decide esto, y quien firma no lo es</translation>
    </message>
    <message>
        <source>the installation does not enter this act by itself</source>
        <translation>la instalación no registra este acto por sí sola</translation>
    </message>
    <message>
        <source>whoever signed it had no right to this act</source>
        <translation>quien lo firmó no tenía derecho a este acto</translation>
    </message>
    <message>
        <source>the broken glass is somebody else&apos;s</source>
        <translation>el cristal roto es de otra persona</translation>
    </message>
    <message>
        <source>nobody but the installation entered it for {name}, with log entry {part2}</source>
        <translation>nadie más que la instalación lo registró para {name}, con la entrada de la bitácora {part2}</translation>
    </message>
    <message>
        <source>the installation alone ended a key of {name}</source>
        <translation>solo la instalación terminó una clave de {name}</translation>
    </message>
    <message>
        <source>log entry {seq}</source>
        <translation>entrada de la bitácora {seq}</translation>
    </message>
    <message>
        <source>what it says is not what mnclinic writes</source>
        <translation>lo que dice no es lo que escribe mnclinic</translation>
    </message>
    <message>
        <source>the log gives it to somebody else</source>
        <translation>la bitácora lo atribuye a otra persona</translation>
    </message>
    <message>
        <source>it is about somebody whom its actor has no right to</source>
        <translation>es sobre alguien sobre quien su autor no tiene derecho</translation>
    </message>
    <message>
        <source>log entry {part1} enters it, and {name} did not sign that</source>
        <translation>la entrada de la bitácora {part1} lo registra, y {name} no firmó eso</translation>
    </message>
    <message>
        <source>whoever signed it had no right to end a key of {name}</source>
        <translation>quien lo firmó no tenía derecho a terminar una clave de {name}</translation>
    </message>
    <message>
        <source>a person signed what only the program itself enters</source>
        <translation>una persona firmó lo que solo registra el programa mismo</translation>
    </message>
    <message>
        <source>the key that signed it had not been entered yet</source>
        <translation>la clave que lo firmó todavía no se había registrado</translation>
    </message>
    <message>
        <source>its actor&apos;s access had ended</source>
        <translation>el acceso de quien actuó había terminado</translation>
    </message>
    <message>
        <source>whoever entered it with log entry {part1} did not add {name}</source>
        <translation>quien lo registró con la entrada de la bitácora {part1} no agregó a {name}</translation>
    </message>
    <message>
        <source>it could not be read, so the log was not held against what lies there</source>
        <translation>no se pudo leer, así que la bitácora no se comparó con lo que hay ahí</translation>
    </message>
    <message>
        <source>checkpoint that was given</source>
        <translation>punto de control dado</translation>
    </message>
    <message>
        <source>it is not this installation&apos;s</source>
        <translation>no es de esta instalación</translation>
    </message>
    <message>
        <source>{shared} from the log{why}</source>
        <translation>{shared} de la bitácora{why}</translation>
    </message>
    <message>
        <source>checkpoint of {size} entries</source>
        <translation>punto de control de {size} entradas</translation>
    </message>
    <message>
        <source>it was {how} at a log-in (log entry {seq}) and was made anew</source>
        <translation>estaba {how} al iniciar sesión (entrada de la bitácora {seq}) y se hizo de nuevo</translation>
    </message>
    <message>
        <source>{size} from the log</source>
        <translation>{size} de la bitácora</translation>
    </message>
    <message>
        <source>the log&apos;s first {size} entries are not those it was cut for</source>
        <translation>las primeras {size} entradas de la bitácora no son aquellas para las que se cortó</translation>
    </message>
    <message>
        <source>: the clinic was restored from a backup of {shared} entries</source>
        <translation>: la clínica se restauró de un respaldo de {shared} entradas</translation>
    </message>
    <message>
        <source>. This clinic was restored from a backup: if the checkpoint is of what was lost then, two people say so with --continue-after-loss</source>
        <translation>. Esta clínica se restauró de un respaldo: si el punto de control es de lo que se perdió entonces, dos personas lo dicen con --continue-after-loss</translation>
    </message>
    <message>
        <source>the clinic went on after a loss without a second person&apos;s word</source>
        <translation>la clínica siguió después de una pérdida sin la palabra de una segunda persona</translation>
    </message>
    <message>
        <source>it knows of {size} entries, some of which were declared lost</source>
        <translation>conoce {size} entradas, algunas de las cuales se declararon perdidas</translation>
    </message>
    <message>
        <source>whoever said here that entries are lost had no right to say it</source>
        <translation>quien dijo aquí que se perdieron entradas no tenía derecho a decirlo</translation>
    </message>
    <message>
        <source>{lost} were lost; one person signed for it, and there was nobody else</source>
        <translation>{lost} se perdieron; una persona firmó por ello, y no había nadie más</translation>
    </message>
    <message>
        <source>what it said about lost entries was taken away or changed</source>
        <translation>lo que decía sobre entradas perdidas se quitó o se cambió</translation>
    </message>
    <message>
        <source>{lost} were lost; {by_first_rule}</source>
        <translation>{lost} se perdieron; {by_first_rule}</translation>
    </message>
    <message>
        <source>it says that nobody else could confirm the loss, and somebody could</source>
        <translation>dice que nadie más podía confirmar la pérdida, y alguien podía</translation>
    </message>
    <message>
        <source>whoever confirmed that entries are lost could not be a second person</source>
        <translation>quien confirmó que se perdieron entradas no podía ser una segunda persona</translation>
    </message>
    <message>
        <source>its note is of another size</source>
        <translation>su nota es de otro tamaño</translation>
    </message>
    <message>
        <source>the head file is missing</source>
        <translation>falta el archivo de la cabeza</translation>
    </message>
    <message>
        <source>{lost} were lost; two people signed for it</source>
        <translation>{lost} se perdieron; dos personas firmaron por ello</translation>
    </message>
    <message>
        <source>Still readable by {left}, whose access ended after it was made. Only deleting or locking away this copy changes that.</source>
        <translation>Todavía lo puede leer {left}, cuyo acceso terminó después de que se hiciera. Solo borrar o guardar bajo llave esta copia lo cambia.</translation>
    </message>
    <message>
        <source>its log cannot be held against this clinic&apos;s</source>
        <translation>su bitácora no se puede comparar con la de esta clínica</translation>
    </message>
    <message>
        <source>This backup was made before the clinic&apos;s database key was changed. It opens with the passwords of that time, of {who}, or with the recovery sheet of that time. Its files are whole; it was not opened, and nothing was changed. Name such a user and password to check it.</source>
        <translation>Este respaldo se hizo antes de que se cambiara la clave de la base de datos de la clínica. Se abre con las contraseñas de aquel momento, de {who}, o con la hoja de recuperación de aquel momento. Sus archivos están enteros; no se abrió y nada cambió. Indique un usuario y una contraseña así para revisarlo.</translation>
    </message>
    <message>
        <source>This is a backup of another clinic, so it was not opened. Nothing was changed. Choose one of this clinic&apos;s own.</source>
        <translation>Este es un respaldo de otra clínica, así que no se abrió. Nada cambió. Elija uno propio de esta clínica.</translation>
    </message>
    <message>
        <source>the database holds something that mnclinic does not write, or cannot be read</source>
        <translation>la base de datos contiene algo que mnclinic no escribe, o no se puede leer</translation>
    </message>
    <message>
        <source>The database in this backup holds no clinic. Use another backup.</source>
        <translation>La base de datos de este respaldo no contiene ninguna clínica. Use otro respaldo.</translation>
    </message>
    <message>
        <source>This backup was made by a newer mnclinic (data form {found}); this one knows {newest}. Nothing was changed. Install the newer mnclinic to open it.</source>
        <translation>Este respaldo lo hizo un mnclinic más nuevo (forma de datos {found}); este conoce {newest}. Nada cambió. Instale el mnclinic más nuevo para abrirlo.</translation>
    </message>
    <message>
        <source>database, key file and manifest are not of one clinic</source>
        <translation>la base de datos, el archivo de claves y el manifiesto no son de la misma clínica</translation>
    </message>
    <message>
        <source>it names another form of the database</source>
        <translation>nombra otra forma de la base de datos</translation>
    </message>
    <message>
        <source>its signature is not this installation&apos;s</source>
        <translation>su firma no es de esta instalación</translation>
    </message>
    <message>
        <source>it is not the checkpoint that the manifest names</source>
        <translation>no es el punto de control que nombra el manifiesto</translation>
    </message>
    <message>
        <source>its checkpoint is not this installation&apos;s</source>
        <translation>su punto de control no es de esta instalación</translation>
    </message>
    <message>
        <source>its log has {size} entries and the checkpoint says {size_2}</source>
        <translation>su bitácora tiene {size} entradas y el punto de control dice {size_2}</translation>
    </message>
    <message>
        <source>This backup is damaged: its key file {key_file} is missing or not as it was made. Nothing was changed. Use another backup, and keep this one as it is.</source>
        <translation>Este respaldo está dañado: su archivo de claves {key_file} falta o no está como se hizo. Nada cambió. Use otro respaldo y conserve este como está.</translation>
    </message>
    <message>
        <source>it holds log entries {part1} to {size}, and this clinic has lost them</source>
        <translation>contiene las entradas de la bitácora {part1} a {size}, y esta clínica las perdió</translation>
    </message>
    <message>
        <source>its log and this clinic&apos;s agree up to entry {then} and then differ: one of the two was put back to an older copy, or changed</source>
        <translation>su bitácora y la de esta clínica coinciden hasta la entrada {then} y después difieren: una de las dos se devolvió a una copia más vieja o se cambió</translation>
    </message>
    <message>
        <source>what it names as checkpoint is none</source>
        <translation>lo que nombra como punto de control no lo es</translation>
    </message>
    <message>
        <source>its first {size} log entries are not the checkpoint&apos;s</source>
        <translation>sus primeras {size} entradas de la bitácora no son las del punto de control</translation>
    </message>
    <message>
        <source>This clinic was restored to log entry {shared} later on: {part2} entries after it are in this backup alone.</source>
        <translation>Esta clínica se restauró más tarde a la entrada de la bitácora {shared}: {part2} entradas posteriores están solo en este respaldo.</translation>
    </message>
    <message>
        <source>Its last {part1} entries are of those that people of this clinic declared lost later on: they are in this backup alone.</source>
        <translation>Sus últimas {part1} entradas son de las que personas de esta clínica declararon perdidas más tarde: están solo en este respaldo.</translation>
    </message>
    <message>
        <source>import {part1}</source>
        <translation>importación {part1}</translation>
    </message>
    <message>
        <source>visit {part1} revision {revision}</source>
        <translation>visita {part1} revisión {revision}</translation>
    </message>
    <message>
        <source>visit {number}</source>
        <translation>la visita {number}</translation>
    </message>
    <message>
        <source>backup {part1}</source>
        <translation>respaldo {part1}</translation>
    </message>
    <message>
        <source>the releases in the table are not those that were signed: {stated}</source>
        <translation>las liberaciones de la tabla no son las que se firmaron: {stated}</translation>
    </message>
    <message>
        <source>its name or kind is not what the log entered</source>
        <translation>su nombre o su tipo no es lo que registró la bitácora</translation>
    </message>
    <message>
        <source>its installation key is not in the register as one</source>
        <translation>su clave de instalación no está en el registro como tal</translation>
    </message>
    <message>
        <source>visit {number} revision {revision}</source>
        <translation>visita {number} revisión {revision}</translation>
    </message>
    <message>
        <source>the record that log entry {seq} names is missing</source>
        <translation>falta el registro que nombra la entrada de la bitácora {seq}</translation>
    </message>
    <message>
        <source>{part1} was entered in the log and is not there any more</source>
        <translation>{part1} se registró en la bitácora y ya no está ahí</translation>
    </message>
    <message>
        <source>its identity or the moment of its making is not what the log entered</source>
        <translation>su identidad o el momento en que se hizo no es lo que registró la bitácora</translation>
    </message>
    <message>
        <source>its columns are not what its document says</source>
        <translation>sus columnas no son lo que dice su documento</translation>
    </message>
    <message>
        <source>staff {user}</source>
        <translation>personal {user}</translation>
    </message>
    <message>
        <source>the moment of joining is not what the log entered</source>
        <translation>el momento de ingreso no es lo que registró la bitácora</translation>
    </message>
    <message>
        <source>licence {id}</source>
        <translation>licencia {id}</translation>
    </message>
    <message>
        <source>it belongs to nobody on the staff</source>
        <translation>no es de nadie del personal</translation>
    </message>
    <message>
        <source>patient {number}</source>
        <translation>paciente {number}</translation>
    </message>
    <message>
        <source>its columns are not what the record says</source>
        <translation>sus columnas no son lo que dice el registro</translation>
    </message>
    <message>
        <source>its columns are not what was signed</source>
        <translation>sus columnas no son lo que se firmó</translation>
    </message>
    <message>
        <source>it stands there twice, or before one that was made earlier</source>
        <translation>está ahí dos veces, o antes de una que se hizo primero</translation>
    </message>
    <message>
        <source>visit {part1}</source>
        <translation>visita {part1}</translation>
    </message>
    <message>
        <source>the moment of its performance is not what the log entered</source>
        <translation>el momento en que se realizó no es lo que registró la bitácora</translation>
    </message>
    <message>
        <source>why it goes to review is not what the log entered</source>
        <translation>el motivo por el que va a revisión no es lo que registró la bitácora</translation>
    </message>
    <message>
        <source>the reason that stands there is not the one that was given</source>
        <translation>el motivo que figura ahí no es el que se dio</translation>
    </message>
    <message>
        <source>adverse event {part1}</source>
        <translation>evento adverso {part1}</translation>
    </message>
    <message>
        <source>who noted it, or when, is not what the log says</source>
        <translation>quién lo anotó, o cuándo, no es lo que dice la bitácora</translation>
    </message>
    <message>
        <source>its name or the moment of its approval is not what was signed</source>
        <translation>su nombre o el momento de su aprobación no es lo que se firmó</translation>
    </message>
    <message>
        <source>the moment of its adding is not what the log entered</source>
        <translation>el momento en que se agregó no es lo que registró la bitácora</translation>
    </message>
    <message>
        <source>it was never entered in the log</source>
        <translation>nunca se registró en la bitácora</translation>
    </message>
    <message>
        <source>the import that brought them is not there any more</source>
        <translation>la importación que los trajo ya no está ahí</translation>
    </message>
    <message>
        <source>it did not bring as many people as it says</source>
        <translation>no trajo tantas personas como dice</translation>
    </message>
    <message>
        <source>it is not what the log entered</source>
        <translation>no es lo que registró la bitácora</translation>
    </message>
    <message>
        <source>the log entered it and it is not there any more</source>
        <translation>la bitácora lo registró y ya no está ahí</translation>
    </message>
    <message>
        <source>its place, size or moments are not what the log entered</source>
        <translation>su lugar, tamaño o momentos no son lo que registró la bitácora</translation>
    </message>
    <message>
        <source>no second person confirmed this new key of a director</source>
        <translation>ninguna segunda persona confirmó esta clave nueva de una dirección</translation>
    </message>
    <message>
        <source>its entry says that nobody else could confirm it, and somebody could</source>
        <translation>su entrada dice que nadie más podía confirmarla, y alguien podía</translation>
    </message>
    <message>
        <source>nobody confirmed this new key of a director, and it was made before the three days were over</source>
        <translation>nadie confirmó esta clave nueva de una dirección, y se creó antes de que pasaran los tres días</translation>
    </message>
    <message>
        <source>whoever confirmed this new key of a director could not be a second person</source>
        <translation>quien confirmó esta clave nueva de una dirección no podía ser una segunda persona</translation>
    </message>
    <message>
        <source>the signature under its revocation does not hold</source>
        <translation>la firma de su revocación no es válida</translation>
    </message>
    <message>
        <source>its revocation in the table is not the signed one</source>
        <translation>su revocación en la tabla no es la firmada</translation>
    </message>
    <message>
        <source>the log entered its revocation, which is missing</source>
        <translation>la bitácora registró su revocación, que falta</translation>
    </message>
    <message>
        <source>the log entered it and the register has lost it</source>
        <translation>la bitácora la registró y el registro de claves la perdió</translation>
    </message>
    <message>
        <source>the director&apos;s key of {name}: {not_confirmed}</source>
        <translation>la clave de dirección de {name}: {not_confirmed}</translation>
    </message>
    <message>
        <source>a word for it was never entered in the log</source>
        <translation>una palabra a su favor nunca se registró en la bitácora</translation>
    </message>
    <message>
        <source>a word for it that the log entered is missing</source>
        <translation>falta una palabra a su favor que la bitácora registró</translation>
    </message>
    <message>
        <source>nobody whose word counts vouches for it</source>
        <translation>no la avala nadie cuya palabra cuente</translation>
    </message>
    <message>
        <source>the signature of somebody who vouches for it does not hold</source>
        <translation>la firma de alguien que la avala no es válida</translation>
    </message>
    <message>
        <source>its revocation was never entered in the log</source>
        <translation>su revocación nunca se registró en la bitácora</translation>
    </message>
    <message>
        <source>log entry {last}</source>
        <translation>entrada de la bitácora {last}</translation>
    </message>
    <message>
        <source>it is signed with a key that had been revoked</source>
        <translation>está firmada con una clave que había sido revocada</translation>
    </message>
    <message>
        <source>setting {name}</source>
        <translation>ajuste {name}</translation>
    </message>
    <message>
        <source>it is in force though its holder left</source>
        <translation>está vigente aunque su titular se fue</translation>
    </message>
    <message>
        <source>it was made with a key that had been revoked</source>
        <translation>se hizo con una clave que había sido revocada</translation>
    </message>
    <message>
        <source>whether it goes to the director is not what the policy and the draw by its signature&apos;s entry say</source>
        <translation>si va a la dirección no es lo que dicen la política y el sorteo según la entrada de su firma</translation>
    </message>
    <message>
        <source>its place in the director&apos;s queue is not what follows from its record</source>
        <translation>su lugar en la cola de la dirección no es el que se sigue de su registro</translation>
    </message>
    <message>
        <source>visit {held} revision {revision}</source>
        <translation>visita {held} revisión {revision}</translation>
    </message>
    <message>
        <source>the treated areas in the tables are not numbered as they were signed</source>
        <translation>las zonas tratadas de las tablas no están numeradas como se firmaron</translation>
    </message>
    <message>
        <source>it has a place in a queue that it is not in</source>
        <translation>tiene un lugar en una cola en la que no está</translation>
    </message>
    <message>
        <source>a word for it stands in the table more than once</source>
        <translation>una palabra a su favor está en la tabla más de una vez</translation>
    </message>
    <message>
        <source>log entry {seq} entered it and it is not there any more</source>
        <translation>la entrada de la bitácora {seq} lo registró y ya no está ahí</translation>
    </message>
    <message>
        <source>the moment of its making is not that of its installation key</source>
        <translation>el momento en que se hizo no es el de su clave de instalación</translation>
    </message>
    <message>
        <source>its record carries the number {number}</source>
        <translation>su registro lleva el número {number}</translation>
    </message>
    <message>
        <source>the log does not know of the people it brought</source>
        <translation>la bitácora no conoce a las personas que trajo</translation>
    </message>
    <message>
        <source>patient {record_number}</source>
        <translation>paciente {record_number}</translation>
    </message>
    <message>
        <source>the import it came with is not the log&apos;s</source>
        <translation>la importación con la que vino no es la de la bitácora</translation>
    </message>
    <message>
        <source>the moment of joining is not that of the first key</source>
        <translation>el momento de ingreso no es el de la primera clave</translation>
    </message>
    <message>
        <source>when it was performed is not what was signed</source>
        <translation>cuándo se realizó no es lo que se firmó</translation>
    </message>
    <message>
        <source>the key {part1} is not in the key file</source>
        <translation>la clave {part1} no está en el archivo de claves</translation>
    </message>
    <message>
        <source>the installation does not enter this by itself</source>
        <translation>la instalación no registra esto por sí sola</translation>
    </message>
    <message>
        <source>the log entered it as {part1}</source>
        <translation>la bitácora lo registró como {part1}</translation>
    </message>
    <message>
        <source>it makes again what was made before</source>
        <translation>vuelve a hacer lo que ya estaba hecho</translation>
    </message>
    <message>
        <source>log entry {number}</source>
        <translation>entrada de la bitácora {number}</translation>
    </message>
    <message>
        <source>log entry {performed_seq}</source>
        <translation>entrada de la bitácora {performed_seq}</translation>
    </message>
    <message>
        <source>a performer signed the visit, and no draw followed in the same act</source>
        <translation>quien trató firmó la visita, y no siguió ningún sorteo en el mismo acto</translation>
    </message>
    <message>
        <source>the draw is not of the act in which the performer signed</source>
        <translation>el sorteo no es del acto en que firmó quien trató</translation>
    </message>
    <message>
        <source>it is about a visit that was never started</source>
        <translation>es sobre una visita que nunca se empezó</translation>
    </message>
    <message>
        <source>the visit was {said} by the entries before, and this act does not follow on that</source>
        <translation>la visita estaba {said} según las entradas anteriores, y este acto no se sigue de eso</translation>
    </message>
    <message>
        <source>it moves the visit to another patient, and no act does that</source>
        <translation>pasa la visita a otro paciente, y ningún acto hace eso</translation>
    </message>
    <message>
        <source>the revision that it names is not the one that follows</source>
        <translation>la revisión que nombra no es la que sigue</translation>
    </message>
    <message>
        <source>it is about a planned visit that was never entered</source>
        <translation>es sobre una visita planificada que nunca se registró</translation>
    </message>
    <message>
        <source>the planned visit was {said} by the entries before, and this act does not follow on that</source>
        <translation>la visita planificada estaba {said} según las entradas anteriores, y este acto no se sigue de eso</translation>
    </message>
    <message>
        <source>it moves the planned visit to another patient, and no act does that</source>
        <translation>pasa la visita planificada a otro paciente, y ningún acto hace eso</translation>
    </message>
    <message>
        <source>the edition that it names is not the one that follows</source>
        <translation>la edición que nombra no es la que sigue</translation>
    </message>
    <message>
        <source>this happens once, and it happened before</source>
        <translation>esto pasa una sola vez, y ya había pasado</translation>
    </message>
    <message>
        <source>it starts a visit that was started before</source>
        <translation>empieza una visita que ya se había empezado</translation>
    </message>
    <message>
        <source>it takes somebody off the roster who came with no import</source>
        <translation>quita de la lista a alguien que no vino con ninguna importación</translation>
    </message>
    <message>
        <source>node {position} of level {level} belongs to no entry</source>
        <translation>el nodo {position} del nivel {level} no pertenece a ninguna entrada</translation>
    </message>
    <message>
        <source>log subjects</source>
        <translation>sujetos de la bitácora</translation>
    </message>
    <message>
        <source>the count of entries about the person {part1} is not the log&apos;s own</source>
        <translation>la cuenta de entradas sobre la persona {part1} no es la propia de la bitácora</translation>
    </message>
    <message>
        <source>its stored hash or number is not its own</source>
        <translation>su hash o número guardado no es el suyo</translation>
    </message>
    <message>
        <source>what is searched in it is not what it says</source>
        <translation>lo que se busca en ella no es lo que dice</translation>
    </message>
    <message>
        <source>its detail is missing</source>
        <translation>falta su detalle</translation>
    </message>
    <message>
        <source>its detail is not the one that was entered</source>
        <translation>su detalle no es el que se registró</translation>
    </message>
    <message>
        <source>text stands where its bytes belong</source>
        <translation>hay texto donde van sus bytes</translation>
    </message>
    <message>
        <source>log tree</source>
        <translation>árbol de la bitácora</translation>
    </message>
    <message>
        <source>hashes are missing</source>
        <translation>faltan hashes</translation>
    </message>
    <message>
        <source>node {position} of level {level} is missing</source>
        <translation>falta el nodo {position} del nivel {level}</translation>
    </message>
    <message>
        <source>log details</source>
        <translation>detalles de la bitácora</translation>
    </message>
    <message>
        <source>a detail of an entry {seq} that does not exist</source>
        <translation>un detalle de una entrada {seq} que no existe</translation>
    </message>
    <message>
        <source>node {position} of level {level} is not its entries&apos; hash</source>
        <translation>el nodo {position} del nivel {level} no es el hash de sus entradas</translation>
    </message>
    <message>
        <source>these acts are not kept: {strays}</source>
        <translation>estos actos no se conservan: {strays}</translation>
    </message>
    <message>
        <source>it names the log&apos;s head of {size} entries, and log entry {seq} entered it</source>
        <translation>nombra la cabeza de la bitácora de {size} entradas, y la entrada {seq} lo registró</translation>
    </message>
    <message>
        <source>the moment of its signature is none</source>
        <translation>el momento de su firma no lo es</translation>
    </message>
    <message>
        <source>it says that it was signed at another time than log entry {seq} entered</source>
        <translation>dice que se firmó en otro momento que el que registró la entrada de la bitácora {seq}</translation>
    </message>
    <message>
        <source>error reading</source>
        <translation>error al leer</translation>
    </message>
    <message>
        <source>its trees are not whole{part1}</source>
        <translation>sus árboles no están enteros{part1}</translation>
    </message>
    <message>
        <source>page {first}</source>
        <translation>página {first}</translation>
    </message>
    <message>
        <source>page {first}, table {table}</source>
        <translation>página {first}, tabla {table}</translation>
    </message>
    <message>
        <source>{where}, cannot be read</source>
        <translation>{where}, no se puede leer</translation>
    </message>
    <message>
        <source>{count} pages cannot be read: the first is {where}</source>
        <translation>{count} páginas no se pueden leer: la primera es {where}</translation>
    </message>
    <message>
        <source>, in {count} places; the first</source>
        <translation>, en {count} lugares; el primero</translation>
    </message>
    <message>
        <source>planned visit {part1}</source>
        <translation>visita planificada {part1}</translation>
    </message>
    <message>
        <source>planned visits</source>
        <translation>visitas planificadas</translation>
    </message>
    <message>
        <source>solo-physician declaration</source>
        <translation>declaración de médico único</translation>
    </message>
    <message>
        <source>broken glass {part1}</source>
        <translation>cristal roto {part1}</translation>
    </message>
    <message>
        <source>the signature does not belong to it</source>
        <translation>la firma no le corresponde</translation>
    </message>
    <message>
        <source>it is not this clinic&apos;s</source>
        <translation>no es de esta clínica</translation>
    </message>
    <message>
        <source>the director&apos;s signed declaration is missing</source>
        <translation>falta la declaración firmada de la dirección</translation>
    </message>
    <message>
        <source>it names a solo-physician declaration that is not this clinic&apos;s</source>
        <translation>nombra una declaración de médico único que no es de esta clínica</translation>
    </message>
    <message>
        <source>signature on {number} revision {revision} ({meaning})</source>
        <translation>firma en {number} revisión {revision} ({meaning})</translation>
    </message>
    <message>
        <source>whoever performed this treatment decided on it, and no declaration allows that here</source>
        <translation>quien realizó este tratamiento decidió sobre él, y aquí ninguna declaración lo permite</translation>
    </message>
    <message>
        <source>it lasts longer than any glass that can be broken</source>
        <translation>dura más que cualquier cristal que se pueda romper</translation>
    </message>
    <message>
        <source>supplies of a revision {number} that does not exist</source>
        <translation>insumos de una revisión {number} que no existe</translation>
    </message>
    <message>
        <source>adverse events</source>
        <translation>eventos adversos</translation>
    </message>
    <message>
        <source>a visit that the log entered is not there any more</source>
        <translation>una visita que la bitácora registró ya no está ahí</translation>
    </message>
    <message>
        <source>visit {numbers}</source>
        <translation>visita {numbers}</translation>
    </message>
    <message>
        <source>a signature is missing: {part1} at {part2}</source>
        <translation>falta una firma: {part1} a las {part2}</translation>
    </message>
    <message>
        <source>visit {visit_id}</source>
        <translation>visita {visit_id}</translation>
    </message>
    <message>
        <source>somebody whom the log entered is not on the staff any more</source>
        <translation>alguien que la bitácora registró ya no está en el personal</translation>
    </message>
    <message>
        <source>{name} was entered in the log and is not there any more</source>
        <translation>{name} se registró en la bitácora y ya no está ahí</translation>
    </message>
    <message>
        <source>its document is not the one that was last entered</source>
        <translation>su documento no es el último que se registró</translation>
    </message>
    <message>
        <source>its day, service, performer or patient is not its document&apos;s</source>
        <translation>su día, servicio, responsable o paciente no es el de su documento</translation>
    </message>
    <message>
        <source>the supplies in the tables are not the signed ones</source>
        <translation>los insumos de las tablas no son los firmados</translation>
    </message>
    <message>
        <source>a release of {code} is not what a director signed</source>
        <translation>una liberación de {code} no es lo que firmó una dirección</translation>
    </message>
    <message>
        <source>its columns are not what the document says</source>
        <translation>sus columnas no son lo que dice el documento</translation>
    </message>
    <message>
        <source>name, role, access, ceiling or licences are not what the log entered</source>
        <translation>nombre, función, acceso, límite o licencias no son lo que registró la bitácora</translation>
    </message>
    <message>
        <source>device {device}</source>
        <translation>dispositivo {device}</translation>
    </message>
    <message>
        <source>{kind} lot {lot}</source>
        <translation>{kind} lote {lot}</translation>
    </message>
    <message>
        <source>the roster data are not what is searched</source>
        <translation>los datos de la lista no son lo que se busca</translation>
    </message>
    <message>
        <source>an approval that the log entered is missing</source>
        <translation>falta una aprobación que la bitácora registró</translation>
    </message>
    <message>
        <source>whoever confirmed this was a second person by the rule that this program had first, and is none by today&apos;s: the same hands could be behind both</source>
        <translation>quien confirmó esto era una segunda persona según la regla que este programa tuvo primero, y no lo es según la de hoy: las mismas manos podrían estar detrás de ambas</translation>
    </message>
    <message>
        <source>whoever confirmed this could not be a second person</source>
        <translation>quien confirmó esto no podía ser una segunda persona</translation>
    </message>
    <message>
        <source>it says that nobody else could confirm this, and somebody could</source>
        <translation>dice que nadie más podía confirmar esto, y alguien podía</translation>
    </message>
    <message>
        <source>pages cannot be read, so these were looked at in part or not at all</source>
        <translation>páginas no se pueden leer, así que esto se miró en parte o no se miró</translation>
    </message>
    <message>
        <source>{what}, so nothing was compared with it. The store by itself is {of_store}. Look whether the page or file is this clinic&apos;s, and scan or type all of its code again</source>
        <translation>{what}, así que nada se comparó con ello. Los registros por sí mismos: {of_store}. Mire si la página o el archivo es de esta clínica, y escanee o escriba otra vez todo su código</translation>
    </message>
    <message>
        <source>treated areas of a revision {revision} that does not exist</source>
        <translation>zonas tratadas de una revisión {revision} que no existe</translation>
    </message>
    <message>
        <source>its key in use is not the one that the director vouches for</source>
        <translation>su clave en uso no es la que avala la dirección</translation>
    </message>
    <message>
        <source>page 1: its salt is not the one in the key file</source>
        <translation>página 1: su sal no es la del archivo de claves</translation>
    </message>
    <message>
        <source>second persons</source>
        <translation>segundas personas</translation>
    </message>
    <message>
        <source>visit records</source>
        <translation>registros de visitas</translation>
    </message>
    <message>
        <source>supplies used</source>
        <translation>insumos usados</translation>
    </message>
    <message>
        <source>broken glasses</source>
        <translation>cristales rotos</translation>
    </message>
    <message>
        <source>own visits</source>
        <translation>visitas propias</translation>
    </message>
    <message>
        <source>the treated areas in the tables are not the signed ones</source>
        <translation>las zonas tratadas de las tablas no son las firmadas</translation>
    </message>
    <message>
        <source>its entries from {part1} on cannot be read, so {heads} {part3} of it could not be compared, and what is said below of tables that are not as it entered them may come from that alone</source>
        <translation>sus entradas desde la {part1} no se pueden leer, así que {heads} {part3} no se pudieron comparar, y lo que se dice abajo de tablas que no están como las registró puede venir solo de eso</translation>
    </message>
    <message>
        <source>somebody whom the log entered is not on the roster any more</source>
        <translation>alguien que la bitácora registró ya no está en la lista de pacientes</translation>
    </message>
    <message>
        <source>what stands there is not what mnclinic writes</source>
        <translation>lo que hay ahí no es lo que escribe mnclinic</translation>
    </message>
    <message>
        <source>its document does not prove possession of the key</source>
        <translation>su documento no prueba la posesión de la clave</translation>
    </message>
    <message>
        <source>the record is not the one whose hash was stored</source>
        <translation>el registro no es aquel cuyo hash se guardó</translation>
    </message>
    <message>
        <source>the record is not the one that was entered in the log</source>
        <translation>el registro no es el que se registró en la bitácora</translation>
    </message>
    <message>
        <source>the signature does not belong to what it stands under</source>
        <translation>la firma no corresponde a lo que está encima</translation>
    </message>
    <message>
        <source>the signature was made for another record</source>
        <translation>la firma se hizo para otro registro</translation>
    </message>
    <message>
        <source>the signature was never entered in the log</source>
        <translation>la firma nunca se registró en la bitácora</translation>
    </message>
    <message>
        <source>its state {state} is not what the log last says</source>
        <translation>su estado {state} no es el último que dice la bitácora</translation>
    </message>
    <message>
        <source>its newest revision is missing</source>
        <translation>falta su revisión más nueva</translation>
    </message>
    <message>
        <source>the document is not the one that was entered in the log</source>
        <translation>el documento no es el que se registró en la bitácora</translation>
    </message>
    <message>
        <source>the approval&apos;s signature does not belong to it</source>
        <translation>la firma de la aprobación no le corresponde</translation>
    </message>
    <message>
        <source>the approval is of another document</source>
        <translation>la aprobación es de otro documento</translation>
    </message>
    <message>
        <source>the roster data are not what the log entered</source>
        <translation>los datos de la lista no son lo que registró la bitácora</translation>
    </message>
    <message>
        <source>the signature names a head that the log never had</source>
        <translation>la firma nombra una cabeza que la bitácora nunca tuvo</translation>
    </message>
    <message>
        <source>head</source>
        <translation>cabeza</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>cabezas</translation>
    </message>
    <message>
        <source>its map of people is not that of the log before it</source>
        <translation>su mapa de personas no es el de la bitácora anterior</translation>
    </message>
    <message>
        <source>its {name} is not in the form that mnclinic writes</source>
        <translation>su {name} no está en la forma que escribe mnclinic</translation>
    </message>
    <message>
        <source>Say why the computer&apos;s clock was set back, such as: it had been wrong.</source>
        <translation>Diga por qué se atrasó el reloj de la computadora, por ejemplo: estaba mal.</translation>
    </message>
    <message>
        <source>{what} Nothing was entered.</source>
        <translation>{what} Nada se registró.</translation>
    </message>
    <message>
        <source>The computer&apos;s clock was not set back. Nothing was entered.</source>
        <translation>El reloj de la computadora no se atrasó. Nada se registró.</translation>
    </message>
    <message>
        <source>The day is closed and the log says so; only the slip is missing.</source>
        <translation>El día está cerrado y la bitácora lo dice; solo falta la hoja.</translation>
    </message>
    <message>
        <source>Close the day again to write another slip.</source>
        <translation>Cierre el día otra vez para escribir otra hoja.</translation>
    </message>
    <message>
        <source>Say what happened to the entries that are missing.</source>
        <translation>Diga qué pasó con las entradas que faltan.</translation>
    </message>
    <message>
        <source>The checkpoint that was given cannot be used: {value}.</source>
        <translation>El punto de control dado no se puede usar: {value}.</translation>
    </message>
    <message>
        <source>The checkpoint that was given knows of {size} entries; so many were never here.</source>
        <translation>El punto de control dado conoce {size} entradas; tantas nunca hubo aquí.</translation>
    </message>
    <message>
        <source>A second person confirms that log entries are lost, with their own user name and password.</source>
        <translation>Una segunda persona confirma que se perdieron entradas de la bitácora, con su propio nombre de usuario y contraseña.</translation>
    </message>
    <message>
        <source>{user} cannot confirm this: not oneself, no inspector, nobody with a temporary password, nor anybody whose password went through the same hands as yours.</source>
        <translation>{user} no puede confirmar esto: ni uno mismo, ni quien inspecciona, ni nadie con una contraseña temporal, ni nadie cuya contraseña pasó por las mismas manos que la suya.</translation>
    </message>
    <message>
        <source>{why} Nothing was changed. Who may: {who}.</source>
        <translation>{why} Nada cambió. Quién puede: {who}.</translation>
    </message>
    <message>
        <source>nobody until they chose a password of their own: {later}</source>
        <translation>nadie hasta que elijan una contraseña propia: {later}</translation>
    </message>
    <message>
        <source>nobody; go on without a second person, and the log says so</source>
        <translation>nadie; siga sin segunda persona, y la bitácora lo dice</translation>
    </message>
    <message>
        <source>Nothing that is known speaks of more log entries than there are, so there is no loss to go on after. Nothing was changed.</source>
        <translation>Nada de lo que se sabe habla de más entradas de la bitácora de las que hay, así que no hay ninguna pérdida tras la que seguir. Nada cambió.</translation>
    </message>
    <message>
        <source>log entries</source>
        <translation>entradas de la bitácora</translation>
    </message>
    <message>
        <source>Date of birth missing</source>
        <translation>Falta la fecha de nacimiento</translation>
    </message>
    <message>
        <source>Adverse event on record</source>
        <translation>Evento adverso registrado</translation>
    </message>
    <message>
        <source>A visit is deferred</source>
        <translation>Una visita está aplazada</translation>
    </message>
    <message>
        <source>mnclinic {before}, data form {part2}</source>
        <translation>mnclinic {before}, forma de datos {part2}</translation>
    </message>
    <message>
        <source>mnclinic {version}, data form {newest}</source>
        <translation>mnclinic {version}, forma de datos {newest}</translation>
    </message>
    <message>
        <source>This is a page as a PDF, which holds its checkpoint as a picture alone.</source>
        <translation>Esta es una página en PDF, que contiene su punto de control solo como imagen.</translation>
    </message>
    <message>
        <source>This bundle is encrypted, so its checkpoint cannot be read without its passphrase.</source>
        <translation>Este paquete está cifrado, así que su punto de control no se puede leer sin su frase de contraseña.</translation>
    </message>
    <message>
        <source>No checkpoint can be read there. Name a file, a bundle or a backup, or give its text in quotes.</source>
        <translation>Ahí no se puede leer ningún punto de control. Indique un archivo, un paquete o un respaldo, o dé su texto entre comillas.</translation>
    </message>
    <message>
        <source>{what} Nothing was checked. Scan the code on the page, and give the text that it holds.</source>
        <translation>{what} Nada se revisó. Escanee el código de la página y dé el texto que contiene.</translation>
    </message>
    <message>
        <source>{what} Nothing was checked. Name a file with the passphrase: --passphrase-file.</source>
        <translation>{what} Nada se revisó. Indique un archivo con la frase de contraseña: --passphrase-file.</translation>
    </message>
    <message>
        <source>{what} Nothing was checked.</source>
        <translation>{what} Nada se revisó.</translation>
    </message>
    <message>
        <source>The file clinic.head</source>
        <translation>El archivo clinic.head</translation>
    </message>
    <message>
        <source>This PC&apos;s keyring</source>
        <translation>El llavero de esta computadora</translation>
    </message>
    <message>
        <source>The checkpoint that was given</source>
        <translation>El punto de control dado</translation>
    </message>
    <message>
        <source>{shared} {part2} missing</source>
        <translation>{shared} {part2}</translation>
    </message>
    <message>
        <source>{part1} knows of a log of {size} entries</source>
        <translation>{part1} conoce una bitácora de {size} entradas</translation>
    </message>
    <message>
        <source>entry {last}</source>
        <translation>la entrada {last}</translation>
    </message>
    <message>
        <source>entries {part1} to {last}</source>
        <translation>las entradas {part1} a {last}</translation>
    </message>
    <message>
        <source>{who} and this one has {size}: {shared}.</source>
        <translation>{who} y esta tiene {size}: {shared}.</translation>
    </message>
    <message>
        <source>{who} that is not the beginning of this one.</source>
        <translation>{who} que no es el comienzo de esta.</translation>
    </message>
    <message>
        <source> This clinic was restored from a backup of {shared} entries.</source>
        <translation> Esta clínica se restauró de un respaldo de {shared} entradas.</translation>
    </message>
    <message>
        <source> {shared} were others.</source>
        <translation> {shared} eran otras.</translation>
    </message>
    <message>
        <source>is</source>
        <translation>falta</translation>
    </message>
    <message>
        <source>are</source>
        <translation>faltan</translation>
    </message>
    <message>
        <source>A legal hold stands on this person&apos;s records already. Nothing was changed.</source>
        <translation>Los expedientes de esta persona ya tienen una retención legal. Nada cambió.</translation>
    </message>
    <message>
        <source>No legal hold stands on this person&apos;s records. Nothing was changed.</source>
        <translation>Los expedientes de esta persona no tienen ninguna retención legal. Nada cambió.</translation>
    </message>
    <message>
        <source>Give a reason.</source>
        <translation>Dé un motivo.</translation>
    </message>
    <message>
        <source>At most {longest_reason} characters.</source>
        <translation>Como máximo {longest_reason} caracteres.</translation>
    </message>
    <message>
        <source>The roster has headings and no row under them. Nothing was imported.</source>
        <translation>La lista tiene encabezados y ninguna fila debajo. Nada se importó.</translation>
    </message>
    <message>
        <source>a patient on the roster</source>
        <translation>un paciente de la lista</translation>
    </message>
    <message>
        <source>Other phone: {phone}</source>
        <translation>Otro teléfono: {phone}</translation>
    </message>
    <message>
        <source>There is no import of that name that could be undone. Nothing was changed.</source>
        <translation>No hay ninguna importación con ese nombre que se pueda deshacer. Nada cambió.</translation>
    </message>
    <message>
        <source>Possible duplicate of {other}. {reason}</source>
        <translation>Posible duplicado de {other}. {reason}</translation>
    </message>
    <message>
        <source>Give the name that the import printed.</source>
        <translation>Dé el nombre que imprimió la importación.</translation>
    </message>
    <message>
        <source>{busy} visits hang on people of this import, so it cannot be undone any more. Nobody was removed.</source>
        <translation>{busy} visitas dependen de personas de esta importación, así que ya no se puede deshacer. No se quitó a nadie.</translation>
    </message>
    <message>
        <source>Visits are or were planned for people of this import ({planned}), so it cannot be undone any more. Nobody was removed.</source>
        <translation>Hay o hubo visitas planificadas para personas de esta importación ({planned}), así que ya no se puede deshacer. No se quitó a nadie.</translation>
    </message>
    <message>
        <source>{changed} people of this import were changed, merged or put under a legal hold since, so it cannot be undone any more. Nobody was removed.</source>
        <translation>{changed} personas de esta importación se cambiaron, se unieron o tienen una retención legal desde entonces, así que ya no se puede deshacer. No se quitó a nadie.</translation>
    </message>
    <message>
        <source>The installation&apos;s key in the database is not the one that this clinic&apos;s director vouches for: somebody put another in its place. Nothing was changed, and the clinic is open for reading alone. Keep this folder as it is, restore the newest backup, and hold a printed page against it: mnclinic check --checkpoint.</source>
        <translation>La clave de la instalación en la base de datos no es la que avala la dirección de esta clínica: alguien puso otra en su lugar. Nada cambió, y la clínica está abierta solo para leer. Conserve esta carpeta como está, restaure el respaldo más nuevo y compárelo con una página impresa: mnclinic check --checkpoint.</translation>
    </message>
    <message>
        <source>What you typed is too long to be kept as a draft. Nothing that was stored before is lost. Shorten it: until then it stands only in this window.</source>
        <translation>Lo que escribió es demasiado largo para guardarse como borrador. Nada de lo guardado antes se perdió. Acórtelo: hasta entonces está solo en esta ventana.</translation>
    </message>
    <message>
        <source>The key file in this folder is another clinic&apos;s. Nothing was changed. Put back the one that belongs to this clinic.</source>
        <translation>El archivo de claves de esta carpeta es de otra clínica. Nada cambió. Ponga de vuelta el que es de esta clínica.</translation>
    </message>
    <message>
        <source>This installation</source>
        <translation>Esta instalación</translation>
    </message>
    <message>
        <source>no second person could confirm independently whose key it is</source>
        <translation>ninguna segunda persona pudo confirmar de forma independiente de quién es la clave</translation>
    </message>
    <message>
        <source>The signature key {part1} of {name} was made and {not_confirmed}. Compare it with the fingerprint sheet that {name} signed in ink.</source>
        <translation>La clave de firma {part1} de {name} se creó y {not_confirmed}. Compárela con la hoja de huella que {name} firmó con tinta.</translation>
    </message>
    <message>
        <source>This PC has no keyring that keeps secrets encrypted, or it is locked. Nothing was changed. The clinic works without; the passwords protect it alone.</source>
        <translation>Esta computadora no tiene un llavero que guarde secretos cifrados, o está bloqueado. Nada cambió. La clínica funciona sin él; entonces la protegen solo las contraseñas.</translation>
    </message>
    <message>
        <source>This file is there already. Name a new one, so that no other key file is overwritten.</source>
        <translation>Este archivo ya está ahí. Indique uno nuevo, para no sobrescribir otro archivo de clave.</translation>
    </message>
    <message>
        <source>Only providers and directors sign, so no signature key was made. Nothing was changed.</source>
        <translation>Solo firman los profesionales y la dirección, así que no se creó ninguna clave de firma. Nada cambió.</translation>
    </message>
    <message>
        <source>nobody at present</source>
        <translation>nadie por ahora</translation>
    </message>
    <message>
        <source>A director&apos;s new signature key is confirmed by a second person, with their own user name and password.</source>
        <translation>La clave de firma nueva de una dirección la confirma una segunda persona, con su propio nombre de usuario y contraseña.</translation>
    </message>
    <message>
        <source>{user} cannot confirm a director&apos;s new signature key: not oneself, no inspector, nobody whose password somebody else made, nobody who came after the key was lost, not whoever gave the director&apos;s password, nor anybody whose password went through the same hands.</source>
        <translation>{user} no puede confirmar la clave de firma nueva de una dirección: ni uno mismo, ni quien inspecciona, ni nadie cuya contraseña hizo otra persona, ni nadie que llegó después de perderse la clave, ni quien dio la contraseña de la dirección, ni nadie cuya contraseña pasó por las mismas manos.</translation>
    </message>
    <message>
        <source>{name} has no signature key in force. Nothing was changed.</source>
        <translation>{name} no tiene ninguna clave de firma vigente. Nada cambió.</translation>
    </message>
    <message>
        <source>There is no backup of that name here. Nothing was changed. See: mnclinic backup list</source>
        <translation>Aquí no hay ningún respaldo con ese nombre. Nada cambió. Véase: mnclinic backup list</translation>
    </message>
    <message>
        <source>a line of the day holds a planned visit, a visit or both</source>
        <translation>una línea del día contiene una visita planificada, una visita o ambas</translation>
    </message>
    <message>
        <source>Expected twice at this time</source>
        <translation>Se espera dos veces a esta hora</translation>
    </message>
    <message>
        <source>no, yet areas are named, which counts as yes.</source>
        <translation>no, pero se nombran zonas, lo que cuenta como sí.</translation>
    </message>
    <message>
        <source>on file is {held}. Ask about it.</source>
        <translation>en el expediente consta {held}. Pregunte por ello.</translation>
    </message>
    <message>
        <source>not asked yet.</source>
        <translation>aún no se ha preguntado.</translation>
    </message>
    <message>
        <source>In the {areas}: {said}</source>
        <translation>En {areas}: {said}</translation>
    </message>
    <message>
        <source>seen on the skin.</source>
        <translation>visto en la piel.</translation>
    </message>
    <message>
        <source>What the log would go on from is not what mnclinic writes, so nothing can be entered in it. Nothing was changed and what was saved before is still there. Look at all of it with: mnclinic check. Then restore a backup from before that, and ask for help if there is none.</source>
        <translation>Aquello sobre lo que continuaría la bitácora no es lo que mnclinic escribe, así que no se puede anotar nada en ella. No se cambió nada y lo guardado antes sigue ahí. Revíselo todo con: mnclinic check. Después restaure un respaldo anterior a ello, y pida ayuda si no hay ninguno.</translation>
    </message>
    <message>
        <source>What the log counts about this person is not what mnclinic writes, so nothing about them can be entered in it or saved. Nothing was changed and what was saved before is still there. Look at all of it with: mnclinic check. Then restore a backup from before that, and ask for help if there is none.</source>
        <translation>Lo que la bitácora cuenta de esta persona no es lo que mnclinic escribe, así que no se puede anotar en ella ni guardar nada sobre esa persona. No se cambió nada y lo guardado antes sigue ahí. Revíselo todo con: mnclinic check. Después restaure un respaldo anterior a ello, y pida ayuda si no hay ninguno.</translation>
    </message>
    <message>
        <source>What the log and the register of keys say of the installation and of the log&apos;s history is not what mnclinic writes, so the log could not be held against what is known of it outside. Nothing was changed, and the clinic is open for reading alone. Look at all of it with: mnclinic check. Then restore a backup from before that, and ask for help if there is none.</source>
        <translation>Lo que la bitácora y el registro de claves dicen de la instalación y de la historia de la bitácora no es lo que mnclinic escribe, así que la bitácora no se pudo comparar con lo que se sabe de ella fuera. No se cambió nada, y la clínica está abierta solo para leer. Revíselo todo con: mnclinic check. Después restaure un respaldo anterior a ello, y pida ayuda si no hay ninguno.</translation>
    </message>
    <message>
        <source>who kept it, or when, is not what the log says</source>
        <translation>quién lo guardó, o cuándo, no es lo que dice la bitácora</translation>
    </message>
    <message>
        <source>its sealed file does not open to what it says was brought</source>
        <translation>su archivo sellado no se abre como lo que dice que se trajo</translation>
    </message>
    <message>
        <source>who wrote it down, or when, is not what the log says</source>
        <translation>quién lo anotó, o cuándo, no es lo que dice la bitácora</translation>
    </message>
    <message>
        <source>key file</source>
        <translation>archivo de claves</translation>
    </message>
    <message>
        <source>it has a place for {user}, whose access ended, as an older copy of it has. A change of the database key takes it out</source>
        <translation>tiene un lugar para {user}, cuyo acceso terminó, como lo tiene una copia más antigua. Un cambio de la clave de la base de datos lo quita</translation>
    </message>
    <message>
        <source>the signature key of {user} is in force and has no place in it, so nobody can sign with it: an older copy of the key file leaves that, and so does whoever changes it</source>
        <translation>la clave de firma de {user} está vigente y no tiene lugar en él, así que nadie puede firmar con ella: eso lo deja una copia más antigua del archivo de claves, y también quien lo cambie</translation>
    </message>
    <message>
        <source>it has a place for {user}, whom the clinic does not know. A power cut while somebody is added leaves that, and so does whoever has the database key; a change of that key takes it out</source>
        <translation>tiene un lugar para {user}, a quien la clínica no conoce. Eso lo deja un corte de luz mientras se agrega a alguien, y también quien tiene la clave de la base de datos; un cambio de esa clave lo quita</translation>
    </message>
    <message>
        <source>the words for it in its row are not those that its enrolment writes there</source>
        <translation>las palabras a su favor en su fila no son las que escribe ahí su registro</translation>
    </message>
    <message>
        <source>entries about the person {part1} are in a form that cannot be checked here</source>
        <translation>hay entradas sobre la persona {part1} en una forma que aquí no se puede comprobar</translation>
    </message>
    <message>
        <source>whoever ended it wrote something else in it too, and no act does that</source>
        <translation>quien lo dio por terminado escribió además otra cosa en él, y ningún acto hace eso</translation>
    </message>
    <message>
        <source>its legal hold is not the one that was put on it or ended last</source>
        <translation>su retención legal no es la que se puso o se terminó por última vez</translation>
    </message>
    <message>
        <source>its standing or day of death is not what the last change of it says</source>
        <translation>su situación o su día de fallecimiento no son lo que dice su último cambio</translation>
    </message>
    <message>
        <source>its person, reason or beginning is not what the log entered when it was broken</source>
        <translation>su persona, su motivo o su comienzo no son lo que la bitácora anotó cuando se rompió</translation>
    </message>
    <message>
        <source>whether they left, or when, is not what the log says</source>
        <translation>si dejó la clínica, o cuándo, no es lo que dice la bitácora</translation>
    </message>
    <message>
        <source>an act that came later changed more than such acts change</source>
        <translation>un acto posterior cambió más de lo que cambian esos actos</translation>
    </message>
    <message>
        <source>what says which key is its own is not what mnclinic writes</source>
        <translation>lo que dice cuál es su clave no es lo que mnclinic escribe</translation>
    </message>
    <message>
        <source>it names somebody&apos;s record and does not say that it is about them</source>
        <translation>nombra algo del expediente de alguien y no dice que trata de esa persona</translation>
    </message>
    <message>
        <source>the log&apos;s first entry of it says that it is about another person</source>
        <translation>la primera entrada de la bitácora sobre esto dice que trata de otra persona</translation>
    </message>
    <message>
        <source>adverse event</source>
        <translation>evento adverso</translation>
    </message>
    <message>
        <source>planned visit</source>
        <translation>visita planificada</translation>
    </message>
    <message>
        <source>consent withdrawal</source>
        <translation>retiro de consentimiento</translation>
    </message>
    <message>
        <source>it is of somebody who is not on the roster</source>
        <translation>es de alguien que no está en la lista</translation>
    </message>
    <message>
        <source>The program was closed while it was locked, and no backup was made, because the clinic was open in another window or command, or had not been closed properly. Nothing was lost. Back up now.</source>
        <translation>El programa se cerró mientras estaba bloqueado y no se hizo ningún respaldo, porque la clínica estaba abierta en otra ventana u otro comando, o no se había cerrado bien. Nada se perdió. Haga ahora un respaldo.</translation>
    </message>
    <message>
        <source>The program was closed while it was locked, and no backup could be made in {place}. Nothing was lost. Plug the disk in or choose another place, then back up now.</source>
        <translation>El programa se cerró mientras estaba bloqueado, y no se pudo hacer ningún respaldo en {place}. No se perdió nada. Conecte el disco o elija otro lugar, y haga un respaldo ahora.</translation>
    </message>
    <message>
        <source>What is named there is no file of a size that a checkpoint, a bundle or a backup has. Name one of these, or give the checkpoint&apos;s text in quotes.</source>
        <translation>Lo que se nombra ahí no es un archivo de un tamaño que tenga un punto de control, un paquete o un respaldo. Indique uno de estos, o dé el texto del punto de control entre comillas.</translation>
    </message>
    <message>
        <source>This PC or the program went off while your keys were being changed, so that change does not count. No record was lost. Log in with the password that you had before it, or with the recovery code if you had used that, and make the change again. If an administrator was giving you a new password, ask for it anew.</source>
        <translation>Esta computadora o el programa se apagó mientras se cambiaban sus claves, así que ese cambio no cuenta. Ningún registro se perdió. Entre con la contraseña que tenía antes, o con el código de recuperación si usó ese, y vuelva a hacer el cambio. Si la administración le estaba dando una contraseña nueva, pídala otra vez.</translation>
    </message>
    <message>
        <source>The signature key in the key file is not the one registered for you. Nothing was changed. Do not sign here. If this PC went off while you made a key, have an administrator end your signature key and make a new one; else ask for help with this folder as it is.</source>
        <translation>La clave de firma del archivo de claves no es la registrada para usted. Nada cambió. No firme aquí. Si esta computadora se apagó mientras creaba una clave, haga que la administración termine su clave de firma y cree una nueva; si no, pida ayuda con esta carpeta tal como está.</translation>
    </message>
    <message>
        <source>A key that is ended is lost, stolen or left behind. Only making the next one replaces a key.</source>
        <translation>Una clave se da por terminada porque se perdió, fue robada o quedó atrás. Solo al crear la siguiente se reemplaza una clave.</translation>
    </message>
    <message>
        <source>{what} Nothing was changed. Say which it is.</source>
        <translation>{what} Nada cambió. Diga cuál es el motivo.</translation>
    </message>
    <message>
        <source>The role that stands beside your name among the staff is none that mnclinic knows: it was changed past the program. Nothing was changed now, and the clinic is open for reading alone. Look at all of it with: mnclinic check. Then restore a backup from before that, and ask for help if there is none.</source>
        <translation>El rol que figura junto a su nombre entre el personal no es ninguno que mnclinic conozca: se cambió al margen del programa. Ahora no se cambió nada, y la clínica está abierta solo para leer. Revíselo todo con: mnclinic check. Después restaure un respaldo anterior a ello, y pida ayuda si no hay ninguno.</translation>
    </message>
    <message>
        <source>History of {words}</source>
        <translation>Historial de {words}</translation>
    </message>
    <message>
        <source>The log was not read. Nothing was changed. Correct these.</source>
        <translation>La bitácora no se leyó. Nada cambió. Corrija esto.</translation>
    </message>
    <message>
        <source>the setting {name}</source>
        <translation>el ajuste {name}</translation>
    </message>
    <message>
        <source>a broken glass</source>
        <translation>un cristal roto</translation>
    </message>
    <message>
        <source>Nobody on the staff has this name.</source>
        <translation>Nadie del personal tiene este nombre.</translation>
    </message>
    <message>
        <source>No patient has this record number.</source>
        <translation>Ningún paciente tiene este número de expediente.</translation>
    </message>
    <message>
        <source>There is no such record in this clinic.</source>
        <translation>No existe ese registro en esta clínica.</translation>
    </message>
    <message>
        <source>an adverse event of visit {number}</source>
        <translation>un evento adverso de la visita {number}</translation>
    </message>
    <message>
        <source>an adverse event</source>
        <translation>un evento adverso</translation>
    </message>
    <message>
        <source>backup {name}</source>
        <translation>respaldo {name}</translation>
    </message>
    <message>
        <source>the recovery sheets</source>
        <translation>las hojas de recuperación</translation>
    </message>
    <message>
        <source>Its detail is not the one that was entered.</source>
        <translation>Su detalle no es el que se registró.</translation>
    </message>
    <message>
        <source>It is in another form, and no registered key signed it.</source>
        <translation>Está en otra forma, y ninguna clave registrada la firmó.</translation>
    </message>
    <message>
        <source>Its stored hash is not its own.</source>
        <translation>Su hash guardado no es el suyo.</translation>
    </message>
    <message>
        <source>What is searched in it is not what it says.</source>
        <translation>Lo que se busca en ella no es lo que dice.</translation>
    </message>
    <message>
        <source>It is signed with a key that is not in the register.</source>
        <translation>Está firmada con una clave que no está en el registro.</translation>
    </message>
    <message>
        <source>It is not what its author signed.</source>
        <translation>No es lo que firmó su autor.</translation>
    </message>
    <message>
        <source>It is signed with somebody else&apos;s key.</source>
        <translation>Está firmada con la clave de otra persona.</translation>
    </message>
    <message>
        <source>It is of another clinic.</source>
        <translation>Es de otra clínica.</translation>
    </message>
    <message>
        <source>It carries another number: one is missing, added or moved.</source>
        <translation>Lleva otro número: falta una, se agregó o se movió.</translation>
    </message>
    <message>
        <source>It does not follow the entry before it.</source>
        <translation>No sigue a la entrada anterior.</translation>
    </message>
    <message>
        <source>Its detail is missing.</source>
        <translation>Falta su detalle.</translation>
    </message>
    <message>
        <source>This entry cannot be read.</source>
        <translation>Esta entrada no se puede leer.</translation>
    </message>
    <message>
        <source>the {purpose} key of {part2}</source>
        <translation>la clave ({purpose}) de {part2}</translation>
    </message>
    <message>
        <source>the {purpose} key</source>
        <translation>la clave ({purpose})</translation>
    </message>
    <message>
        <source>{doer} added {patient} to the roster</source>
        <translation>{doer} agregó a {patient} a la lista de pacientes</translation>
    </message>
    <message>
        <source>{doer} imported {patient} from a roster file</source>
        <translation>{doer} importó a {patient} de un archivo de pacientes</translation>
    </message>
    <message>
        <source>{doer} changed the details of {patient}</source>
        <translation>{doer} cambió los datos de {patient}</translation>
    </message>
    <message>
        <source>{doer} changed how {patient} stands to the clinic</source>
        <translation>{doer} cambió la situación de {patient} en la clínica</translation>
    </message>
    <message>
        <source>{doer} merged the record of {patient} into another of the same person</source>
        <translation>{doer} unió el expediente de {patient} a otro de la misma persona</translation>
    </message>
    <message>
        <source>{doer} had another record of {patient} read with this one</source>
        <translation>{doer} hizo leer con este otro expediente de {patient}</translation>
    </message>
    <message>
        <source>{doer} took the merge of the record of {patient} back</source>
        <translation>{doer} deshizo la unión del expediente de {patient}</translation>
    </message>
    <message>
        <source>{doer} took another record out of that of {patient}</source>
        <translation>{doer} separó otro expediente del de {patient}</translation>
    </message>
    <message>
        <source>{doer} put a legal hold on the records of {patient}</source>
        <translation>{doer} puso una retención legal a los expedientes de {patient}</translation>
    </message>
    <message>
        <source>{doer} ended the legal hold on the records of {patient}</source>
        <translation>{doer} terminó la retención legal de los expedientes de {patient}</translation>
    </message>
    <message>
        <source>{doer} looked people up on the roster</source>
        <translation>{doer} buscó personas en la lista de pacientes</translation>
    </message>
    <message>
        <source>{doer} opened the record of {patient}</source>
        <translation>{doer} abrió el expediente de {patient}</translation>
    </message>
    <message>
        <source>{doer} began the daily check of the records</source>
        <translation>{doer} empezó la revisión diaria de los registros</translation>
    </message>
    <message>
        <source>{doer} checked the records</source>
        <translation>{doer} revisó los registros</translation>
    </message>
    <message>
        <source>{doer} brought a roster file in</source>
        <translation>{doer} importó un archivo de pacientes</translation>
    </message>
    <message>
        <source>{doer} took the import of a roster file back</source>
        <translation>{doer} deshizo la importación de un archivo de pacientes</translation>
    </message>
    <message>
        <source>{doer} took the import of {patient} back</source>
        <translation>{doer} deshizo la importación de {patient}</translation>
    </message>
    <message>
        <source>{doer} copied a scanned paper or file of {patient} out</source>
        <translation>{doer} copió fuera un papel escaneado o un archivo de {patient}</translation>
    </message>
    <message>
        <source>{doer} planned a visit of {patient}</source>
        <translation>{doer} planificó una visita de {patient}</translation>
    </message>
    <message>
        <source>{doer} noted that {patient} came without a planned visit</source>
        <translation>{doer} anotó que {patient} vino sin visita planificada</translation>
    </message>
    <message>
        <source>{doer} changed the planned visit of {patient}</source>
        <translation>{doer} cambió la visita planificada de {patient}</translation>
    </message>
    <message>
        <source>{doer} marked {patient} as arrived</source>
        <translation>{doer} marcó que llegó {patient}</translation>
    </message>
    <message>
        <source>{doer} took back that {patient} had arrived</source>
        <translation>{doer} deshizo la llegada de {patient}</translation>
    </message>
    <message>
        <source>{doer} started the planned visit of {patient}</source>
        <translation>{doer} empezó la visita planificada de {patient}</translation>
    </message>
    <message>
        <source>{doer} cancelled the planned visit of {patient}</source>
        <translation>{doer} canceló la visita planificada de {patient}</translation>
    </message>
    <message>
        <source>{doer} marked {patient} as not shown up</source>
        <translation>{doer} marcó que {patient} no se presentó</translation>
    </message>
    <message>
        <source>{doer} put the planned visit of {patient} back on the list</source>
        <translation>{doer} devolvió a la lista la visita planificada de {patient}</translation>
    </message>
    <message>
        <source>{doer} took the planned visit of {patient} back</source>
        <translation>{doer} retiró la visita planificada de {patient}</translation>
    </message>
    <message>
        <source>{doer} started {visit} of {patient}</source>
        <translation>{doer} empezó {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} changed the draft of {visit} of {patient}</source>
        <translation>{doer} cambió el borrador de {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} opened {visit} of {patient}</source>
        <translation>{doer} abrió {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} signed {visit} of {patient} as performer</source>
        <translation>{doer} firmó el tratamiento de {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} passed warnings on {visit} of {patient} with a reason</source>
        <translation>{doer} permitió con un motivo advertencias de {visit} de {patient}</translation>
    </message>
    <message>
        <source>It was settled whether the director reviews {visit} of {patient}</source>
        <translation>Se determinó si la dirección revisa {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} deferred {visit} of {patient}: the gate refused it</source>
        <translation>{doer} aplazó {visit} de {patient}: el control previo la rechazó</translation>
    </message>
    <message>
        <source>{doer} released {visit} of {patient} as director</source>
        <translation>{doer} liberó como dirección {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} approved {visit} of {patient} as director</source>
        <translation>{doer} aprobó como dirección {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} returned {visit} of {patient} to its performer</source>
        <translation>{doer} devolvió al profesional {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} voided {visit} of {patient}</source>
        <translation>{doer} anuló {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} printed {visit} of {patient}</source>
        <translation>{doer} imprimió {visit} de {patient}</translation>
    </message>
    <message>
        <source>{doer} printed the aftercare sheet of {visit} for {patient}</source>
        <translation>{doer} imprimió la hoja de cuidados de {visit} para {patient}</translation>
    </message>
    <message>
        <source>{doer} recorded an adverse event of {patient}</source>
        <translation>{doer} registró un evento adverso de {patient}</translation>
    </message>
    <message>
        <source>{doer} added the device {thing}</source>
        <translation>{doer} agregó el dispositivo {thing}</translation>
    </message>
    <message>
        <source>{doer} added the lot {thing}</source>
        <translation>{doer} agregó el lote {thing}</translation>
    </message>
    <message>
        <source>{doer} made an audit bundle</source>
        <translation>{doer} creó un paquete de auditoría</translation>
    </message>
    <message>
        <source>{doer} printed the list of a day</source>
        <translation>{doer} imprimió la lista de un día</translation>
    </message>
    <message>
        <source>{doer} closed the day {thing}</source>
        <translation>{doer} cerró el día {thing}</translation>
    </message>
    <message>
        <source>{doer} printed the fingerprint sheet</source>
        <translation>{doer} imprimió la hoja de huella</translation>
    </message>
    <message>
        <source>{doer} read the log</source>
        <translation>{doer} leyó la bitácora</translation>
    </message>
    <message>
        <source>{doer} exported entries of the log</source>
        <translation>{doer} exportó entradas de la bitácora</translation>
    </message>
    <message>
        <source>{doer} logged in</source>
        <translation>{doer} inició sesión</translation>
    </message>
    <message>
        <source>{doer} logged out</source>
        <translation>{doer} cerró la sesión</translation>
    </message>
    <message>
        <source>{doer} locked the screen</source>
        <translation>{doer} bloqueó la pantalla</translation>
    </message>
    <message>
        <source>{doer} was refused at the log-in</source>
        <translation>{doer} no pudo iniciar sesión: se le rechazó</translation>
    </message>
    <message>
        <source>A log-in as {person} failed</source>
        <translation>Falló un inicio de sesión como {person}</translation>
    </message>
    <message>
        <source>Noted outside the log while nothing could be stored, and not signed by {person}: {person} logged in</source>
        <translation>Anotado fuera de la bitácora mientras nada se podía guardar, y no firmado por {person}: {person} inició sesión</translation>
    </message>
    <message>
        <source>Noted outside the log while nothing could be stored, and not signed by {person}: {person} opened the chart of {patient}</source>
        <translation>Anotado fuera de la bitácora mientras nada se podía guardar, y no firmado por {person}: {person} abrió el expediente de {patient}</translation>
    </message>
    <message>
        <source>Noted outside the log while nothing could be stored, and not signed by {person}: {person} looked people up on the roster</source>
        <translation>Anotado fuera de la bitácora mientras nada se podía guardar, y no firmado por {person}: {person} buscó personas en la lista de pacientes</translation>
    </message>
    <message>
        <source>Noted outside the log while nothing could be stored, and not signed by {person}: {person} read the log</source>
        <translation>Anotado fuera de la bitácora mientras nada se podía guardar, y no firmado por {person}: {person} leyó la bitácora</translation>
    </message>
    <message>
        <source>The record of failed log-ins is not whole</source>
        <translation>El registro de inicios de sesión fallidos no está entero</translation>
    </message>
    <message>
        <source>{doer} broke the glass</source>
        <translation>{doer} rompió el cristal</translation>
    </message>
    <message>
        <source>{doer} gave the broken glass back before its end</source>
        <translation>{doer} devolvió el cristal roto antes de su final</translation>
    </message>
    <message>
        <source>{doer} saw that the glass had been broken</source>
        <translation>{doer} vio que se había roto el cristal</translation>
    </message>
    <message>
        <source>{doer} added {person} to the staff</source>
        <translation>{doer} agregó a {person} al personal</translation>
    </message>
    <message>
        <source>{doer} ended the access of {person}</source>
        <translation>{doer} terminó el acceso de {person}</translation>
    </message>
    <message>
        <source>{doer} gave {person} more time</source>
        <translation>{doer} dio más tiempo a {person}</translation>
    </message>
    <message>
        <source>{doer} chose a new password</source>
        <translation>{doer} eligió una contraseña nueva</translation>
    </message>
    <message>
        <source>{doer} chose a new password with the personal recovery code</source>
        <translation>{doer} eligió una contraseña nueva con el código de recuperación personal</translation>
    </message>
    <message>
        <source>{doer} made all own keys anew, because somebody else may know the password or code of before</source>
        <translation>{doer} hizo crear de nuevo todas sus claves, porque otra persona puede saber la contraseña o el código anterior</translation>
    </message>
    <message>
        <source>{doer} gave {person} a new password</source>
        <translation>{doer} dio una contraseña nueva a {person}</translation>
    </message>
    <message>
        <source>{doer} made a new personal recovery code</source>
        <translation>{doer} creó un nuevo código de recuperación personal</translation>
    </message>
    <message>
        <source>{doer} set a key file as second factor for signing</source>
        <translation>{doer} puso un archivo de clave como segundo factor para firmar</translation>
    </message>
    <message>
        <source>{doer} took the second factor for signing away</source>
        <translation>{doer} quitó el segundo factor para firmar</translation>
    </message>
    <message>
        <source>{doer} had the password bound to this PC</source>
        <translation>{doer} hizo ligar la contraseña a esta computadora</translation>
    </message>
    <message>
        <source>{doer} had the password freed from this PC</source>
        <translation>{doer} hizo soltar la contraseña de esta computadora</translation>
    </message>
    <message>
        <source>{doer} enrolled {thing}</source>
        <translation>{doer} registró {thing}</translation>
    </message>
    <message>
        <source>{doer} vouched for {thing}</source>
        <translation>{doer} avaló {thing}</translation>
    </message>
    <message>
        <source>{doer} ended {thing}</source>
        <translation>{doer} terminó {thing}</translation>
    </message>
    <message>
        <source>{doer} changed the key file</source>
        <translation>{doer} cambió el archivo de claves</translation>
    </message>
    <message>
        <source>The key file was found changed</source>
        <translation>El archivo de claves se encontró cambiado</translation>
    </message>
    <message>
        <source>{doer} had log-ins bound to this PC</source>
        <translation>{doer} hizo ligar los inicios de sesión a esta computadora</translation>
    </message>
    <message>
        <source>{doer} freed log-ins from this PC</source>
        <translation>{doer} soltó los inicios de sesión de esta computadora</translation>
    </message>
    <message>
        <source>{doer} began to change the database key</source>
        <translation>{doer} empezó a cambiar la clave de la base de datos</translation>
    </message>
    <message>
        <source>The database key was changed</source>
        <translation>Se cambió la clave de la base de datos</translation>
    </message>
    <message>
        <source>The change of the database key was given up; the key before it stays</source>
        <translation>Se abandonó el cambio de la clave de la base de datos; queda la clave anterior</translation>
    </message>
    <message>
        <source>{doer} made the recovery sheet</source>
        <translation>{doer} creó la hoja de recuperación</translation>
    </message>
    <message>
        <source>{doer} read the recovery sheet back</source>
        <translation>{doer} leyó de vuelta la hoja de recuperación</translation>
    </message>
    <message>
        <source>{doer} replaced the recovery sheet</source>
        <translation>{doer} reemplazó la hoja de recuperación</translation>
    </message>
    <message>
        <source>The clinic was opened with the recovery sheet</source>
        <translation>La clínica se abrió con la hoja de recuperación</translation>
    </message>
    <message>
        <source>{doer} confirmed that the clinic was recovered</source>
        <translation>{doer} confirmó que la clínica se recuperó</translation>
    </message>
    <message>
        <source>{doer} made a backup</source>
        <translation>{doer} hizo un respaldo</translation>
    </message>
    <message>
        <source>{doer} could not make a backup</source>
        <translation>{doer} no pudo hacer un respaldo</translation>
    </message>
    <message>
        <source>{doer} checked a backup</source>
        <translation>{doer} revisó un respaldo</translation>
    </message>
    <message>
        <source>{doer} removed a backup</source>
        <translation>{doer} quitó un respaldo</translation>
    </message>
    <message>
        <source>{doer} changed whether a backup is kept for ever</source>
        <translation>{doer} cambió si un respaldo se conserva siempre</translation>
    </message>
    <message>
        <source>{doer} tried a restore out</source>
        <translation>{doer} hizo un simulacro de restauración</translation>
    </message>
    <message>
        <source>The clinic was restored from a backup</source>
        <translation>La clínica se restauró de un respaldo</translation>
    </message>
    <message>
        <source>The clinic was set up</source>
        <translation>La clínica se configuró</translation>
    </message>
    <message>
        <source>The clinic was recovered</source>
        <translation>La clínica se recuperó</translation>
    </message>
    <message>
        <source>{doer} declared this a solo-physician clinic</source>
        <translation>{doer} declaró que esta es una clínica de un solo médico</translation>
    </message>
    <message>
        <source>Log entries were missing that a checkpoint elsewhere knows of</source>
        <translation>Faltaban entradas de la bitácora que conoce un punto de control de otro lugar</translation>
    </message>
    <message>
        <source>The checkpoint beside the database was not as it had been written</source>
        <translation>El punto de control junto a la base de datos no estaba como se había escrito</translation>
    </message>
    <message>
        <source>{doer} declared log entries lost for good, so that the clinic goes on</source>
        <translation>{doer} declaró perdidas para siempre entradas de la bitácora, para que la clínica siga</translation>
    </message>
    <message>
        <source>{doer} confirmed as second person that log entries are lost for good</source>
        <translation>{doer} confirmó como segunda persona que se perdieron para siempre entradas de la bitácora</translation>
    </message>
    <message>
        <source>The program on this PC was changed</source>
        <translation>Se cambió el programa de esta computadora</translation>
    </message>
    <message>
        <source>The computer&apos;s clock jumped ahead</source>
        <translation>El reloj de la computadora saltó hacia adelante</translation>
    </message>
    <message>
        <source>By the computer&apos;s clock this log-in follows a long pause</source>
        <translation>Según el reloj de la computadora, este inicio de sesión sigue a una larga pausa</translation>
    </message>
    <message>
        <source>How many entries speak of each person was counted for a checkpoint</source>
        <translation>Se contó para un punto de control cuántas entradas hablan de cada persona</translation>
    </message>
    <message>
        <source>{doer} found the computer&apos;s clock set back</source>
        <translation>{doer} encontró atrasado el reloj de la computadora</translation>
    </message>
    <message>
        <source>{doer} changed the setting {thing}</source>
        <translation>{doer} cambió el ajuste {thing}</translation>
    </message>
    <message>
        <source>{doer} added {words} as a draft</source>
        <translation>{doer} agregó {words} como borrador</translation>
    </message>
    <message>
        <source>{doer} put {words} in force, approved by {approver}</source>
        <translation>{doer} puso en vigor {words}; aprobación de {approver}</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Consultas</translation>
    </message>
    <message>
        <source>Added or changed</source>
        <translation>Agregado o cambiado</translation>
    </message>
    <message>
        <source>Signed or decided</source>
        <translation>Firmado o decidido</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>Impreso</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportado</translation>
    </message>
    <message>
        <source>Log-ins</source>
        <translation>Inicios de sesión</translation>
    </message>
    <message>
        <source>Broken glass</source>
        <translation>Cristal roto</translation>
    </message>
    <message>
        <source>Staff and passwords</source>
        <translation>Personal y contraseñas</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Claves</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Respaldos</translation>
    </message>
    <message>
        <source>Clinic and settings</source>
        <translation>Clínica y ajustes</translation>
    </message>
    <message>
        <source>personal details</source>
        <translation>datos personales</translation>
    </message>
    <message>
        <source>treatment</source>
        <translation>tratamiento</translation>
    </message>
    <message>
        <source>history</source>
        <translation>historia</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>fotos</translation>
    </message>
    <message>
        <source>consent</source>
        <translation>consentimiento</translation>
    </message>
    <message>
        <source>after a lock</source>
        <translation>después de un bloqueo</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>a petición</translation>
    </message>
    <message>
        <source>nobody used it for a while</source>
        <translation>nadie lo usó por un rato</translation>
    </message>
    <message>
        <source>one log-in lasts 12 hours at most</source>
        <translation>una sesión dura como máximo 12 horas</translation>
    </message>
    <message>
        <source>together with the computer</source>
        <translation>junto con la computadora</translation>
    </message>
    <message>
        <source>the computer went to sleep</source>
        <translation>la computadora se suspendió</translation>
    </message>
    <message>
        <source>another user took the computer</source>
        <translation>otro usuario tomó la computadora</translation>
    </message>
    <message>
        <source>with the glass broken</source>
        <translation>con el cristal roto</translation>
    </message>
    <message>
        <source>outside the time that was given</source>
        <translation>fuera del tiempo concedido</translation>
    </message>
    <message>
        <source>wrong password</source>
        <translation>contraseña incorrecta</translation>
    </message>
    <message>
        <source>wrong recovery code</source>
        <translation>código de recuperación incorrecto</translation>
    </message>
    <message>
        <source>wrong recovery sheet</source>
        <translation>hoja de recuperación incorrecta</translation>
    </message>
    <message>
        <source>nobody has that user name</source>
        <translation>nadie tiene ese nombre de usuario</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>sin motivo</translation>
    </message>
    <message>
        <source>nobody else could confirm it</source>
        <translation>nadie más podía confirmarlo</translation>
    </message>
    <message>
        <source>not sent to the director</source>
        <translation>no enviada a la dirección</translation>
    </message>
    <message>
        <source>drawn for review</source>
        <translation>sorteada para revisión</translation>
    </message>
    <message>
        <source>PRP</source>
        <translation>PRP</translation>
    </message>
    <message>
        <source>released by the director</source>
        <translation>liberada por la dirección</translation>
    </message>
    <message>
        <source>first visit of this performer</source>
        <translation>primera visita de este profesional</translation>
    </message>
    <message>
        <source>answer to a return</source>
        <translation>respuesta a una devolución</translation>
    </message>
    <message>
        <source>from {part1}</source>
        <translation>desde {part1}</translation>
    </message>
    <message>
        <source>to {part1}</source>
        <translation>hasta {part1}</translation>
    </message>
    <message>
        <source>{part1} performed</source>
        <translation>{part1} realizadas</translation>
    </message>
    <message>
        <source>{part1} still open</source>
        <translation>{part1} aún abiertas</translation>
    </message>
    <message>
        <source>{part1} of them</source>
        <translation>{part1} de ellas</translation>
    </message>
    <message>
        <source>typed at {part1}</source>
        <translation>escrito a las {part1}</translation>
    </message>
    <message>
        <source>at {part1}</source>
        <translation>a las {part1}</translation>
    </message>
    <message>
        <source>by {part1} s</source>
        <translation>por {part1} s</translation>
    </message>
    <message>
        <source>before: {part1}</source>
        <translation>antes: {part1}</translation>
    </message>
    <message>
        <source>now: {part1}</source>
        <translation>ahora: {part1}</translation>
    </message>
    <message>
        <source>in {part1}</source>
        <translation>en {part1}</translation>
    </message>
    <message>
        <source>into {part1}</source>
        <translation>en {part1}</translation>
    </message>
    <message>
        <source>out of {part1}</source>
        <translation>de {part1}</translation>
    </message>
    <message>
        <source>opened with {part1}</source>
        <translation>abierto con {part1}</translation>
    </message>
    <message>
        <source>found {part1}</source>
        <translation>resultado: {part1}</translation>
    </message>
    <message>
        <source>visit</source>
        <translation>visita</translation>
    </message>
    <message>
        <source>visits</source>
        <translation>visitas</translation>
    </message>
    <message>
        <source>day</source>
        <translation>día</translation>
    </message>
    <message>
        <source>days</source>
        <translation>días</translation>
    </message>
    <message>
        <source>Noted outside the log while nothing could be stored, and not signed by {person}: </source>
        <translation>Anotado fuera de la bitácora mientras nada se podía guardar, y no firmado por {person}: </translation>
    </message>
    <message>
        <source>the policy {thing}</source>
        <translation>la política {thing}</translation>
    </message>
    <message>
        <source>the protocol {thing}</source>
        <translation>el protocolo {thing}</translation>
    </message>
    <message>
        <source>the consent text {thing}</source>
        <translation>el texto de consentimiento {thing}</translation>
    </message>
    <message>
        <source>the authorisation {thing}</source>
        <translation>la autorización {thing}</translation>
    </message>
    <message>
        <source>{who} did something that this version of mnclinic has no words for ({part2})</source>
        <translation>{who} hizo algo para lo que esta versión de mnclinic no tiene palabras ({part2})</translation>
    </message>
    <message>
        <source>an unknown user</source>
        <translation>un usuario desconocido</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>el programa</translation>
    </message>
    <message>
        <source>somebody who is not on the staff</source>
        <translation>alguien que no está en el personal</translation>
    </message>
    <message>
        <source>somebody who is not on the roster any more</source>
        <translation>alguien que ya no está en la lista de pacientes</translation>
    </message>
    <message>
        <source>a visit</source>
        <translation>una visita</translation>
    </message>
    <message>
        <source>it did not succeed</source>
        <translation>no tuvo éxito</translation>
    </message>
    <message>
        <source>the computer&apos;s clock had been set back</source>
        <translation>el reloj de la computadora se había atrasado</translation>
    </message>
    <message>
        <source>who looked at this chart</source>
        <translation>quién miró este expediente</translation>
    </message>
    <message>
        <source>acts of {names}</source>
        <translation>actos de {names}</translation>
    </message>
    <message>
        <source>kind: {part1}</source>
        <translation>tipo: {part1}</translation>
    </message>
    <message>
        <source>history of {kind} {part2}</source>
        <translation>historial de {kind} {part2}</translation>
    </message>
    <message>
        <source>about {names}</source>
        <translation>sobre {names}</translation>
    </message>
    <message>
        <source>the key {part1}</source>
        <translation>la clave {part1}</translation>
    </message>
    <message>
        <source>plain, not encrypted</source>
        <translation>sin cifrar</translation>
    </message>
    <message>
        <source>The last name and the birth date are the same: perhaps a twin.</source>
        <translation>El apellido y la fecha de nacimiento son los mismos: quizá son gemelos.</translation>
    </message>
    <message>
        <source>The log says already that this bundle was made; no record was changed.</source>
        <translation>La bitácora ya dice que este paquete se creó; ningún registro cambió.</translation>
    </message>
    <message>
        <source>Make it again, to another place where this one was in the way.</source>
        <translation>Créelo otra vez, en otro lugar si este estaba ocupado.</translation>
    </message>
    <message>
        <source>A bundle of the whole clinic needs a first and a last day. Nothing was written.</source>
        <translation>Un paquete de toda la clínica necesita un primer y un último día. Nada se escribió.</translation>
    </message>
    <message>
        <source>The period ends before it begins. Nothing was written.</source>
        <translation>El período termina antes de empezar. Nada se escribió.</translation>
    </message>
    <message>
        <source>Nobody on the roster has that record number. Nothing was written.</source>
        <translation>Nadie de la lista tiene ese número de expediente. Nada se escribió.</translation>
    </message>
    <message>
        <source>of these, about record {record_number} of the same person, in its own bundle</source>
        <translation>de ellas, sobre el expediente {record_number} de la misma persona, en su propio paquete</translation>
    </message>
    <message>
        <source>open drafts, which nobody has signed</source>
        <translation>borradores abiertos, que nadie ha firmado</translation>
    </message>
    <message>
        <source>visits voided before anybody signed</source>
        <translation>visitas anuladas antes de que alguien firmara</translation>
    </message>
    <message>
        <source>details of log entries, which may name people</source>
        <translation>detalles de entradas de la bitácora, que pueden nombrar a personas</translation>
    </message>
    <message>
        <source>DEMO: invented people</source>
        <translation>DEMO: personas inventadas</translation>
    </message>
    <message>
        <source>Audit bundle</source>
        <translation>Paquete de auditoría</translation>
    </message>
    <message>
        <source>A record of visit {number} cannot be read any more, so no bundle was written: the database was changed by another hand. Nothing else was changed. Check the store; it names what was changed.</source>
        <translation>Un registro de la visita {number} ya no se puede leer, así que no se escribió ningún paquete: otra mano cambió la base de datos. Nada más cambió. Revise los registros; la revisión dice qué se cambió.</translation>
    </message>
    <message>
        <source>Give a day.</source>
        <translation>Dé un día.</translation>
    </message>
    <message>
        <source>The first day lies after the last one.</source>
        <translation>El primer día es posterior al último.</translation>
    </message>
    <message>
        <source>Give the record number as the roster shows it, such as P-000123.</source>
        <translation>Dé el número de expediente como lo muestra la lista, por ejemplo P-000123.</translation>
    </message>
    <message>
        <source>No recorded visit lies in that period. Nothing was written.</source>
        <translation>No hay ninguna visita registrada en ese período. Nada se escribió.</translation>
    </message>
    <message>
        <source>the beginning</source>
        <translation>el comienzo</translation>
    </message>
    <message>
        <source>the day of making</source>
        <translation>el día en que se hizo</translation>
    </message>
    <message>
        <source>This visit is planned for another day. Nothing was changed. Change its day to today first.</source>
        <translation>Esta visita está planificada para otro día. Nada cambió. Cambie antes su día a hoy.</translation>
    </message>
    <message>
        <source>A reason is needed to cancel a planned visit. Nothing was changed.</source>
        <translation>Hace falta un motivo para cancelar una visita planificada. Nada cambió.</translation>
    </message>
    <message>
        <source>Say who performs it.</source>
        <translation>Diga quién la realiza.</translation>
    </message>
    <message>
        <source>The visit was not started. Fill in what is missing.</source>
        <translation>La visita no se empezó. Complete lo que falta.</translation>
    </message>
    <message>
        <source>Write a reason, such as: called off by telephone.</source>
        <translation>Escriba un motivo, por ejemplo: canceló por teléfono.</translation>
    </message>
    <message>
        <source>Say which service it is.</source>
        <translation>Diga qué servicio es.</translation>
    </message>
    <message>
        <source>This visit is planned for a later day. Nothing was changed.</source>
        <translation>Esta visita está planificada para un día posterior. Nada cambió.</translation>
    </message>
    <message>
        <source>These are one record, or are merged already. Nothing was changed.</source>
        <translation>Son un solo expediente, o ya están unidos. Nada cambió.</translation>
    </message>
    <message>
        <source>{record_number} is merged into {record_number_2} already. Nothing was changed. Merge {record_number_2}, or take that merge back first.</source>
        <translation>{record_number} ya está unido a {record_number_2}. Nada cambió. Una {record_number_2}, o deshaga antes esa unión.</translation>
    </message>
    <message>
        <source>{record_number} is not merged into another record. Nothing was changed.</source>
        <translation>{record_number} no está unido a otro expediente. Nada cambió.</translation>
    </message>
    <message>
        <source>Say how you know.</source>
        <translation>Diga cómo lo sabe.</translation>
    </message>
    <message>
        <source>Name the record of the same person that is to be kept.</source>
        <translation>Indique el expediente de la misma persona que se va a conservar.</translation>
    </message>
    <message>
        <source>This record is merged already.</source>
        <translation>Este expediente ya está unido.</translation>
    </message>
    <message>
        <source>This record is not merged.</source>
        <translation>Este expediente no está unido.</translation>
    </message>
    <message>
        <source>This folder cannot be written. Nothing was made. Check that you may write there, or choose another folder.</source>
        <translation>No se puede escribir en esta carpeta. Nada se creó. Compruebe que usted pueda escribir ahí o elija otra carpeta.</translation>
    </message>
    <message>
        <source>The file clinic.head, which lies beside the database as its witness, could not be written. Nothing that was entered is lost, and the next entry tries again. If this stays, look whether the disk is full, or whether another program, such as a virus scanner, holds that file.</source>
        <translation>El archivo clinic.head, que está junto a la base de datos como su testigo, no se pudo escribir. Nada de lo registrado se perdió, y la próxima entrada lo intenta otra vez. Si esto sigue, mire si el disco está lleno, o si otro programa, como un antivirus, tiene tomado ese archivo.</translation>
    </message>
    <message>
        <source>without it {another} administrator has to reset a forgotten password.</source>
        <translation>sin él, si olvida la contraseña, {another} administración tiene que restablecerla.</translation>
    </message>
    <message>
        <source>Who chose or was given another password since, and has to choose one anew: {people}. </source>
        <translation>Quienes eligieron o recibieron otra contraseña desde entonces y tienen que elegir una de nuevo: {people}. </translation>
    </message>
    <message>
        <source>The clinic was opened with its recovery sheet on {clinic}, and {made} was made administrator. </source>
        <translation>La clínica se abrió con su hoja de recuperación el {clinic}, y {made} pasó a la administración. </translation>
    </message>
    <message>
        <source>Ask who put it back and why, and change the database key after that.</source>
        <translation>Pregunte quién la puso allí y por qué, y después cambie la clave de la base de datos.</translation>
    </message>
    <message>
        <source>Ask who put it back and why, and have {who} change the database key after that.</source>
        <translation>Pregunte quién la puso allí y por qué, y pida a {who} que después cambie la clave de la base de datos.</translation>
    </message>
    <message>
        <source>Somebody left and the database key is still the one that they had. </source>
        <translation>Alguien se fue y la clave de la base de datos sigue siendo la que tenía. </translation>
    </message>
    <message>
        <source>Somebody else may know a password or a recovery code that was replaced, and the database key is still the one that it opens in an older backup. </source>
        <translation>Otra persona puede saber una contraseña o un código de recuperación que se reemplazó, y la clave de la base de datos sigue siendo la que abre en un respaldo anterior. </translation>
    </message>
    <message>
        <source>without it a forgotten password costs you your signature key.</source>
        <translation>sin él, una contraseña olvidada le cuesta su clave de firma.</translation>
    </message>
    <message>
        <source>1 wrong password was</source>
        <translation>Se escribió 1 contraseña incorrecta</translation>
    </message>
    <message>
        <source>{wrong} wrong passwords were</source>
        <translation>Se escribieron {wrong} contraseñas incorrectas</translation>
    </message>
    <message>
        <source>On {clinic} {by} gave {whom} a new password.</source>
        <translation>El {clinic}, {by} le dio a {whom} una contraseña nueva.</translation>
    </message>
    <message>
        <source>whoever holds the recovery sheet</source>
        <translation>quien tiene la hoja de recuperación</translation>
    </message>
    <message>
        <source>somebody whose entry is missing from the log</source>
        <translation>alguien cuya entrada falta en la bitácora</translation>
    </message>
    <message>
        <source>There was nobody else to confirm that, and the record says so.</source>
        <translation>No había nadie más que lo confirmara, y el registro lo dice.</translation>
    </message>
    <message>
        <source>{name} confirmed that, but every password went through the same hands, so nobody independent did. The record says so.</source>
        <translation>{name} lo confirmó, pero todas las contraseñas pasaron por las mismas manos, así que no lo confirmó nadie independiente. El registro lo dice.</translation>
    </message>
    <message>
        <source>{name} confirmed that on {clinic}. If anything about it is not as it should be, end that access and make a new sheet.</source>
        <translation>{name} lo confirmó el {clinic}. Si algo de esto no es como debe, termine ese acceso y cree una hoja nueva.</translation>
    </message>
    <message>
        <source>; your signature key is made anew then</source>
        <translation>; su clave de firma se crea entonces de nuevo</translation>
    </message>
    <message>
        <source> since you logged in on {at}</source>
        <translation> desde que inició sesión el {at}</translation>
    </message>
    <message>
        <source>{typed} typed for your name{since}. If that was not you, tell an administrator.</source>
        <translation>{typed} con su nombre{since}. Si no fue usted, avise a la administración.</translation>
    </message>
    <message>
        <source>{name}, a medical director,</source>
        <translation>{name}, de la dirección médica,</translation>
    </message>
    <message>
        <source> From {clinic} on a signature key can be made in that name with nobody else&apos;s word.</source>
        <translation> Desde el {clinic} se puede crear una clave de firma a ese nombre sin la palabra de nadie más.</translation>
    </message>
    <message>
        <source>If you did not ask for it,</source>
        <translation>Si usted no la pidió,</translation>
    </message>
    <message>
        <source>Ask in person whether that was wanted; if not,</source>
        <translation>Pregunte en persona si eso se quería; si no,</translation>
    </message>
    <message>
        <source>The clinic has no medical director, so no visit can be approved or released. Add one.</source>
        <translation>La clínica no tiene dirección médica, así que no se puede aprobar ni liberar ninguna visita. Agregue una.</translation>
    </message>
    <message>
        <source>The recovery sheet was not read back, so nobody knows whether the printed one is right. {clinic}</source>
        <translation>La hoja de recuperación no se leyó de vuelta, así que nadie sabe si la impresa es correcta. {clinic}</translation>
    </message>
    <message>
        <source>The access of {name} ended on {clinic}. Their password still opens the key file with another program, and with it the records. {clinic_2}</source>
        <translation>El acceso de {name} terminó el {clinic}. Su contraseña todavía abre el archivo de claves con otro programa, y con él los expedientes. {clinic_2}</translation>
    </message>
    <message>
        <source>Your first password was made by whoever set the clinic up: choose your own{anew}.</source>
        <translation>Su primera contraseña la hizo quien configuró la clínica: elija la suya{anew}.</translation>
    </message>
    <message>
        <source>You have no signature key, so you cannot sign. Make one.</source>
        <translation>No tiene clave de firma, así que no puede firmar. Cree una.</translation>
    </message>
    <message>
        <source>Your signature takes the password alone. A key file on a stick of your own is recommended for directors.</source>
        <translation>Para su firma basta la contraseña. A la dirección se le recomienda un archivo de clave en una memoria USB propia.</translation>
    </message>
    <message>
        <source>{said} {asked} sign nothing and tell everybody here.</source>
        <translation>{said} {asked} no firme nada y avise a todos aquí.</translation>
    </message>
    <message>
        <source>{name}, version {version}, is to be looked at again by {by}.</source>
        <translation>{name}, versión {version}, se tiene que revisar antes del {by}.</translation>
    </message>
    <message>
        <source>your signature key</source>
        <translation>su clave de firma</translation>
    </message>
    <message>
        <source>the signature key of {name}, a medical director,</source>
        <translation>la clave de firma de {name}, de la dirección médica,</translation>
    </message>
    <message>
        <source> From {clinic} on another can be made with nobody else&apos;s word.</source>
        <translation> Desde el {clinic} se puede hacer otra sin la palabra de nadie más.</translation>
    </message>
    <message>
        <source>If you did not want that,</source>
        <translation>Si usted no lo quiso así,</translation>
    </message>
    <message>
        <source>that name</source>
        <translation>ese nombre</translation>
    </message>
    <message>
        <source>the name of {session}</source>
        <translation>el nombre de {session}</translation>
    </message>
    <message>
        <source>On {clinic} a signature key of {name} was made and nobody else confirmed it, which the log says for ever. Ask in person whether that was so, and compare the key {part3} with the fingerprint sheet signed in ink.</source>
        <translation>El {clinic} se creó una clave de firma de {name} y nadie más la confirmó, lo que la bitácora dirá para siempre. Pregunte en persona si fue así, y compare la clave {part3} con la hoja de huella firmada con tinta.</translation>
    </message>
    <message>
        <source>A director&apos;s signature key was made on {clinic}. What was signed before stays valid. Hand out the new fingerprint sheet.</source>
        <translation>El {clinic} se creó una clave de firma de la dirección. Lo firmado antes sigue siendo válido. Entregue la nueva hoja de huella.</translation>
    </message>
    <message>
        <source>A signature key was stolen, so its password may be known too, and the database key is still the one that it opens. </source>
        <translation>Se robó una clave de firma, así que también puede conocerse su contraseña, y la clave de la base de datos sigue siendo la que esta abre. </translation>
    </message>
    <message>
        <source>The recovery sheet was replaced, and the database key is still the one that the sheet of before opens with an older copy of the key file, such as a backup&apos;s. </source>
        <translation>Se reemplazó la hoja de recuperación, y la clave de la base de datos sigue siendo la que la hoja anterior abre con una copia más antigua del archivo de claves, como la de un respaldo. </translation>
    </message>
    <message>
        <source>A password was reset, and the database key is still the one that the password of before opens with an older copy of the key file, such as a backup&apos;s. </source>
        <translation>Se restableció una contraseña, y la clave de la base de datos sigue siendo la que la contraseña anterior abre con una copia más antigua del archivo de claves, como la de un respaldo. </translation>
    </message>
    <message>
        <source>Your password was given to you by somebody else. Choose your own before anything else.</source>
        <translation>Su contraseña se la dio otra persona. Elija la suya antes que nada.</translation>
    </message>
    <message>
        <source>You have no personal recovery code{part1}. Make one: {clinic}</source>
        <translation>No tiene código de recuperación personal{part1}. Cree uno: {clinic}</translation>
    </message>
    <message>
        <source>Your signature key was made on {day}, after your password had been reset. If that was not you, tell the director.</source>
        <translation>Su clave de firma se creó el {day}, después de que se restableciera su contraseña. Si no fue usted, avise a la dirección.</translation>
    </message>
    <message>
        <source>Close the clinic everywhere else, then change the key.</source>
        <translation>Cierre la clínica en todos los demás lugares y después cambie la clave.</translation>
    </message>
    <message>
        <source>Have {who} change the key, with the clinic closed everywhere else.</source>
        <translation>Pida a {who} que cambie la clave, con la clínica cerrada en todos los demás lugares.</translation>
    </message>
    <message>
        <source>Type it in once, then seal it.</source>
        <translation>Escríbala una vez y después séllela.</translation>
    </message>
    <message>
        <source>Have {who} type it in once, then seal it.</source>
        <translation>Pida a {who} que la escriba una vez y después la selle.</translation>
    </message>
    <message>
        <source>End the access, which changes the database key too, or give more time.</source>
        <translation>Termine el acceso, lo que también cambia la clave de la base de datos, o dé más tiempo.</translation>
    </message>
    <message>
        <source>Have {who} end the access, which changes the database key too.</source>
        <translation>Pida a {who} que termine el acceso, lo que también cambia la clave de la base de datos.</translation>
    </message>
    <message>
        <source>The signature key of {name} was made on {day}, after an administrator had reset the password. Ask whether that was so.</source>
        <translation>La clave de firma de {name} se creó el {day}, después de que la administración restableciera la contraseña. Pregunte si fue así.</translation>
    </message>
    <message>
        <source> that leads to your signature key</source>
        <translation> que lleve a su clave de firma</translation>
    </message>
    <message>
        <source>This person is recorded as deceased{day}, so no visit was started. If that is wrong, correct it on the patient&apos;s page first.</source>
        <translation>Esta persona figura como fallecida{day}, así que no se empezó ninguna visita. Si no es correcto, corríjalo antes en la página del paciente.</translation>
    </message>
    <message>
        <source>The disk is full, so the clinic is open for reading alone: nothing can be stored. Everything saved before is safe. What you open meanwhile is entered in the log later. Free some space on the disk, then log in again.</source>
        <translation>El disco está lleno, así que la clínica está abierta solo para leer: nada se puede guardar. Todo lo guardado antes está a salvo. Lo que abra mientras tanto se registra más tarde en la bitácora. Libere espacio en el disco y vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>The clinic&apos;s folder cannot be written, so the clinic is open for reading alone: nothing can be stored, and what you open is not in the log. Everything saved before is safe. Check that the folder is not read-only and that you may write to it, then log in again.</source>
        <translation>No se puede escribir en la carpeta de la clínica, así que está abierta solo para leer: nada se puede guardar, y lo que abra no queda en la bitácora. Todo lo guardado antes está a salvo. Compruebe que la carpeta no sea de solo lectura y que usted pueda escribir en ella, y vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>{sentence} Until then the clinic is open for reading alone: nothing can be stored.</source>
        <translation>{sentence} Hasta entonces la clínica está abierta solo para leer: nada se puede guardar.</translation>
    </message>
    <message>
        <source>This clinic was opened with its recovery sheet, and {name} was made its administrator. It is open for reading alone until somebody else of the staff confirms that: log in under your own name and confirm it on Today, or with: mnclinic restore --confirm. Where nobody else has a password of their own any more, the administrator gives all of them new ones first, and the record says so.</source>
        <translation>Esta clínica se abrió con su hoja de recuperación, y {name} pasó a su administración. Está abierta solo para leer hasta que otra persona del equipo lo confirme: inicie sesión con su propio nombre y confírmelo en Hoy, o con: mnclinic restore --confirm. Si nadie más tiene ya una contraseña propia, la administración da antes nuevas a todos, y el registro lo dice.</translation>
    </message>
    <message>
        <source>There is no clinic in this folder. Nothing was changed. Choose the right folder with --data-dir, set one up with: mnclinic init, or try the demo with: mnclinic demo.</source>
        <translation>En esta carpeta no hay ninguna clínica. Nada cambió. Elija la carpeta correcta con --data-dir, configure una con: mnclinic init, o pruebe la demostración con: mnclinic demo.</translation>
    </message>
    <message>
        <source>The database holds no clinic. Nothing was changed. Restore the newest backup.</source>
        <translation>La base de datos no contiene ninguna clínica. Nada cambió. Restaure el respaldo más nuevo.</translation>
    </message>
    <message>
        <source>That place lies in the clinic&apos;s folder or among its backups.</source>
        <translation>Ese lugar está en la carpeta de la clínica o entre sus respaldos.</translation>
    </message>
    <message>
        <source>The disk is full, so the file was not written.</source>
        <translation>El disco está lleno, así que el archivo no se escribió.</translation>
    </message>
    <message>
        <source>The file cannot be written at that place.</source>
        <translation>El archivo no se puede escribir en ese lugar.</translation>
    </message>
    <message>
        <source>The file could not be written; the disk refused it.</source>
        <translation>El archivo no se pudo escribir; el disco lo rechazó.</translation>
    </message>
    <message>
        <source>{what} Nothing was changed. {instead}</source>
        <translation>{what} Nada cambió. {instead}</translation>
    </message>
    <message>
        <source>The folder that this file is to go to is not there.</source>
        <translation>La carpeta a la que debe ir este archivo no existe.</translation>
    </message>
    <message>
        <source>Name a folder that is.</source>
        <translation>Indique una carpeta que exista.</translation>
    </message>
    <message>
        <source>A folder has this name.</source>
        <translation>Una carpeta tiene este nombre.</translation>
    </message>
    <message>
        <source>Name the file that is to be written in it.</source>
        <translation>Indique el archivo que se debe escribir en ella.</translation>
    </message>
    <message>
        <source>This file is there already.</source>
        <translation>Este archivo ya está ahí.</translation>
    </message>
    <message>
        <source>Name a new one, so that the older one is not overwritten.</source>
        <translation>Indique uno nuevo, para no sobrescribir el anterior.</translation>
    </message>
    <message>
        <source>{what} Whoever stole it would hold the lock and the key together. Nothing was changed. Name a place apart from both, such as a stick of your own.</source>
        <translation>{what} Quien lo robara tendría juntas la cerradura y la llave. Nada cambió. Indique un lugar apartado de ambos, como una memoria USB propia.</translation>
    </message>
    <message>
        <source>{reason} Nothing half-written was left.</source>
        <translation>{reason} No quedó nada escrito a medias.</translation>
    </message>
    <message>
        <source>A page of the timeline has 1 to {most} rows. Nothing was changed.</source>
        <translation>Una página de la línea de tiempo tiene de 1 a {most} filas. Nada cambió.</translation>
    </message>
    <message>
        <source>I performed this treatment as recorded here, and the record is true and complete to my knowledge.</source>
        <translation>Realicé este tratamiento como está registrado aquí, y el registro es verdadero y completo según mi conocimiento.</translation>
    </message>
    <message>
        <source>The end of the treatment is not recorded yet. Press Treatment ended now, or state the time.</source>
        <translation>El final del tratamiento todavía no está registrado. Oprima El tratamiento terminó ahora, o indique la hora.</translation>
    </message>
    <message>
        <source>Only whoever performed the treatment signs it as performer. Nothing was changed. Change the performer on the visit, or let the performer sign.</source>
        <translation>Solo quien realizó el tratamiento lo firma como tal. Nada cambió. Cambie en la visita a la persona a cargo, o deje que firme ella.</translation>
    </message>
    <message>
        <source>No treated area is recorded yet.</source>
        <translation>Todavía no se registró ninguna zona tratada.</translation>
    </message>
    <message>
        <source>Visit {number} was already performed and cannot be deferred. Answer the return.</source>
        <translation>La visita {number} ya se realizó y no se puede aplazar. Responda la devolución.</translation>
    </message>
    <message>
        <source>Nothing stands against this visit, so it is not deferred.</source>
        <translation>Nada se opone a esta visita, así que no se aplaza.</translation>
    </message>
    <message>
        <source>There is no backup of that name in the list. Nothing was changed. See: mnclinic backup list</source>
        <translation>En la lista no hay ningún respaldo con ese nombre. Nada cambió. Véase: mnclinic backup list</translation>
    </message>
    <message>
        <source>This day has passed. Plan for today or later.</source>
        <translation>Este día ya pasó. Planifique para hoy o más adelante.</translation>
    </message>
    <message>
        <source>This day is more than two years ahead. Check the year.</source>
        <translation>Este día está a más de dos años. Revise el año.</translation>
    </message>
    <message>
        <source>This person is recorded as deceased. If that is wrong, correct it on the patient&apos;s page first.</source>
        <translation>Esta persona figura como fallecida. Si no es correcto, corríjalo antes en la página del paciente.</translation>
    </message>
    <message>
        <source>Nobody who treats here has this user name.</source>
        <translation>Nadie que trate aquí tiene este nombre de usuario.</translation>
    </message>
    <message>
        <source>Between 1 and {most_lines} lines can be entered at once.</source>
        <translation>Se pueden registrar de una vez entre 1 y {most_lines} líneas.</translation>
    </message>
    <message>
        <source>{what} Nothing was stored.</source>
        <translation>{what} Nada se guardó.</translation>
    </message>
    <message>
        <source>Nothing was planned. Correct what is marked.</source>
        <translation>Nada se planificó. Corrija lo marcado.</translation>
    </message>
    <message>
        <source>A planned visit stays with its person. Nothing was changed. Cancel this one and plan another for the other person.</source>
        <translation>Una visita planificada se queda con su persona. Nada cambió. Cancele esta y planifique otra para la otra persona.</translation>
    </message>
    <message>
        <source>This is no time of the day. Write it as 09:30 or 1:30 pm.</source>
        <translation>Esto no es una hora del día. Escríbala como 09:30 o 1:30 pm.</translation>
    </message>
    <message>
        <source>The note is longer than {longest_note} characters.</source>
        <translation>La nota tiene más de {longest_note} caracteres.</translation>
    </message>
    <message>
        <source>The service is longer than {longest_service} characters.</source>
        <translation>El servicio tiene más de {longest_service} caracteres.</translation>
    </message>
    <message>
        <source>This person is not on the roster any more.</source>
        <translation>Esta persona ya no está en la lista de pacientes.</translation>
    </message>
    <message>
        <source>Whoever has arrived cannot be planned for another day. Nothing was changed. Take the arrival back first.</source>
        <translation>Quien ya llegó no se puede planificar para otro día. Nada cambió. Deshaga antes la llegada.</translation>
    </message>
    <message>
        <source>{started} of these {part2} started as visits, so they cannot be taken back together. Nothing was changed. Cancel the others one by one.</source>
        <translation>{started} de estas {part2} como visitas, así que no se pueden deshacer juntas. Nada cambió. Cancele las demás una por una.</translation>
    </message>
    <message>
        <source>There is nothing left to take back. Nothing was changed.</source>
        <translation>No queda nada que deshacer. Nada cambió.</translation>
    </message>
    <message>
        <source>was</source>
        <translation>se empezó</translation>
    </message>
    <message>
        <source>were</source>
        <translation>se empezaron</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>planificada</translation>
    </message>
    <message>
        <source>marked as arrived</source>
        <translation>marcada como llegada</translation>
    </message>
    <message>
        <source>started as a visit</source>
        <translation>empezada como visita</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>cancelada</translation>
    </message>
    <message>
        <source>marked as not shown up</source>
        <translation>marcada como no presentada</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>retirada</translation>
    </message>
    <message>
        <source>There is no such planned visit. Nothing was changed. Look at the day&apos;s list again.</source>
        <translation>No existe esa visita planificada. Nada cambió. Mire otra vez la lista del día.</translation>
    </message>
    <message>
        <source>This line was changed elsewhere a moment ago. Nothing was stored. Look at it as it stands now, then do it again if it is still needed.</source>
        <translation>Esta línea se cambió en otro lugar hace un momento. Nada se guardó. Mírela como está ahora y hágalo otra vez si todavía hace falta.</translation>
    </message>
    <message>
        <source>No planned visit is called so.</source>
        <translation>Ninguna visita planificada se llama así.</translation>
    </message>
    <message>
        <source>This planned visit is {part1}, so that cannot be done. Nothing was changed.</source>
        <translation>Esta visita planificada está {part1}, así que eso no se puede hacer. Nada cambió.</translation>
    </message>
    <message>
        <source>{said} Enter it under Protocols, In force on a day, once it was held.</source>
        <translation>{said} Anótelo en Protocolos, En vigor en un día, cuando se haya hecho.</translation>
    </message>
    <message>
        <source>did not come</source>
        <translation>no se presentó</translation>
    </message>
    <message>
        <source>The log says already that it was printed; no record was changed.</source>
        <translation>La bitácora ya dice que se imprimió; ningún registro cambió.</translation>
    </message>
    <message>
        <source>Print it again to another place.</source>
        <translation>Imprímalo otra vez en otro lugar.</translation>
    </message>
    <message>
        <source>A draft is no record yet. Nothing was printed.</source>
        <translation>Un borrador todavía no es un registro. Nada se imprimió.</translation>
    </message>
    <message>
        <source>Nobody of this name is on the roster. Add the person under Patients first.</source>
        <translation>Nadie de la lista se llama así. Agregue antes a la persona en Pacientes.</translation>
    </message>
    <message>
        <source>Nobody on the roster has this record number.</source>
        <translation>Nadie de la lista tiene este número de expediente.</translation>
    </message>
    <message>
        <source>The name is not written out as on the roster. Choose if it is this person.</source>
        <translation>El nombre no está escrito completo como en la lista. Elija si es esta persona.</translation>
    </message>
    <message>
        <source>Several people answer to this name. Choose one.</source>
        <translation>Varias personas responden a este nombre. Elija una.</translation>
    </message>
    <message>
        <source>Nobody is called exactly so. Choose whom it means, or leave the line out.</source>
        <translation>Nadie se llama exactamente así. Elija a quién se refiere, u omita la línea.</translation>
    </message>
    <message>
        <source>Whoever is called so was born on another day. Choose only if it is the same person.</source>
        <translation>Quien se llama así nació otro día. Elija solo si es la misma persona.</translation>
    </message>
    <message>
        <source>This record number is somebody&apos;s of another name. Choose only if it is the same person.</source>
        <translation>Este número de expediente es de alguien con otro nombre. Elija solo si es la misma persona.</translation>
    </message>
    <message>
        <source>This line is on the day&apos;s list already.</source>
        <translation>Esta línea ya está en la lista del día.</translation>
    </message>
    <message>
        <source>The same person is expected at this time already.</source>
        <translation>La misma persona ya se espera a esta hora.</translation>
    </message>
    <message>
        <source>a group of fields</source>
        <translation>un grupo de campos</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>una lista</translation>
    </message>
    <message>
        <source>text in quotes</source>
        <translation>texto entre comillas</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>un número entero</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true o false</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>visit document</source>
        <translation>documento de visita</translation>
    </message>
    <message>
        <source>description of a handpiece</source>
        <translation>descripción de una pieza de mano</translation>
    </message>
    <message>
        <source>set of answers for a clinic</source>
        <translation>conjunto de respuestas para una clínica</translation>
    </message>
    <message>
        <source>visit record</source>
        <translation>registro de visita</translation>
    </message>
    <message>
        <source>The document nests deeper than {deepest_nesting} levels. Nothing was stored. Choose the right file.</source>
        <translation>El documento está anidado más de {deepest_nesting} niveles. Nada se guardó. Elija el archivo correcto.</translation>
    </message>
    <message>
        <source>There is no schema of that name. Nothing was done. There are: {there_are}.</source>
        <translation>No hay ningún esquema con ese nombre. Nada se hizo. Hay: {there_are}.</translation>
    </message>
    <message>
        <source>The file is larger than 5 MB. Nothing was stored. Choose the right file.</source>
        <translation>El archivo tiene más de 5 MB. Nada se guardó. Elija el archivo correcto.</translation>
    </message>
    <message>
        <source>The file is empty. Nothing was stored. Choose the right file.</source>
        <translation>El archivo está vacío. Nada se guardó. Elija el archivo correcto.</translation>
    </message>
    <message>
        <source>The file names a field twice. Nothing was stored. Keep one of each.</source>
        <translation>El archivo nombra un campo dos veces. Nada se guardó. Deje uno de cada.</translation>
    </message>
    <message>
        <source>This {titles} cannot be stored as it is. Nothing was stored. Correct what is listed and try again.</source>
        <translation>Esto no se puede guardar como está ({titles}). Nada se guardó. Corrija lo indicado y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Write a whole number here, or a decimal as text in quotes, for example &quot;1.25&quot;.</source>
        <translation>Escriba aquí un número entero, o un decimal como texto entre comillas, por ejemplo &quot;1.25&quot;.</translation>
    </message>
    <message>
        <source>This number is too large.</source>
        <translation>Este número es demasiado grande.</translation>
    </message>
    <message>
        <source>This text holds a character that cannot be stored. Type it again.</source>
        <translation>Este texto contiene un carácter que no se puede guardar. Escríbalo otra vez.</translation>
    </message>
    <message>
        <source>Write {part1} here.</source>
        <translation>Escriba {part1} aquí.</translation>
    </message>
    <message>
        <source>Write one of these: {str}.</source>
        <translation>Escriba uno de estos: {str}.</translation>
    </message>
    <message>
        <source>Write {wanted} here.</source>
        <translation>Escriba {wanted} aquí.</translation>
    </message>
    <message>
        <source>Write a whole number from {part1} to {rule}.</source>
        <translation>Escriba un número entero de {part1} a {rule}.</translation>
    </message>
    <message>
        <source>This is too long: at most {wanted} characters.</source>
        <translation>Es demasiado largo: como máximo {wanted} caracteres.</translation>
    </message>
    <message>
        <source>This list is too long: at most {wanted} entries.</source>
        <translation>Esta lista es demasiado larga: como máximo {wanted} entradas.</translation>
    </message>
    <message>
        <source>This must not be empty.</source>
        <translation>Esto no puede quedar vacío.</translation>
    </message>
    <message>
        <source>This does not fit here. See the schema.</source>
        <translation>Esto no encaja aquí. Vea el esquema.</translation>
    </message>
    <message>
        <source>The file cannot be read. Nothing was stored. Check its name and that you may read it.</source>
        <translation>El archivo no se puede leer. Nada se guardó. Revise su nombre y que usted pueda leerlo.</translation>
    </message>
    <message>
        <source>The file is not UTF-8 text. Nothing was stored. Save it as UTF-8 and try again.</source>
        <translation>El archivo no es texto UTF-8. Nada se guardó. Guárdelo como UTF-8 y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The file is not JSON. Nothing was stored. Correct it where it is marked and try again.</source>
        <translation>El archivo no es JSON. Nada se guardó. Corríjalo donde está marcado y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>This field stands twice in one place.</source>
        <translation>Este campo aparece dos veces en un lugar.</translation>
    </message>
    <message>
        <source>line {lineno}, column {colno}</source>
        <translation>línea {lineno}, columna {colno}</translation>
    </message>
    <message>
        <source>The JSON cannot be read from here on.</source>
        <translation>El JSON no se puede leer desde aquí.</translation>
    </message>
    <message>
        <source>This field is not known.</source>
        <translation>Este campo no se conoce.</translation>
    </message>
    <message>
        <source>This field is missing.</source>
        <translation>Falta este campo.</translation>
    </message>
    <message>
        <source>Ask for 1 to {largest} entries.</source>
        <translation>Pida de 1 a {largest} entradas.</translation>
    </message>
    <message>
        <source>The log was not read. Nothing was changed. {said}</source>
        <translation>La bitácora no se leyó. Nada cambió. {said}</translation>
    </message>
    <message>
        <source>History of</source>
        <translation>Historial de</translation>
    </message>
    <message>
        <source>Who looked at the chart of</source>
        <translation>Quién miró el expediente de</translation>
    </message>
    <message>
        <source>The log says already that it was written out.</source>
        <translation>La bitácora ya dice que se escribió.</translation>
    </message>
    <message>
        <source>Write it again to another place.</source>
        <translation>Escríbalo otra vez en otro lugar.</translation>
    </message>
    <message>
        <source>The adverse event was not stored. Correct what is marked.</source>
        <translation>El evento adverso no se guardó. Corrija lo marcado.</translation>
    </message>
    <message>
        <source>Say what happened.</source>
        <translation>Diga qué pasó.</translation>
    </message>
    <message>
        <source>The grade is a number from 1 to 5.</source>
        <translation>El grado es un número de 1 a 5.</translation>
    </message>
    <message>
        <source>The day lies in the future.</source>
        <translation>El día está en el futuro.</translation>
    </message>
    <message>
        <source>More than one patient has this name and date of birth. Nothing was stored. Name the patient by record number.</source>
        <translation>Más de un paciente tiene este nombre y esta fecha de nacimiento. Nada se guardó. Nombre al paciente por su número de expediente.</translation>
    </message>
    <message>
        <source>The document does not say when the treatment ended. Nothing was stored. Add ended_at.</source>
        <translation>El documento no dice cuándo terminó el tratamiento. Nada se guardó. Agregue ended_at.</translation>
    </message>
    <message>
        <source>No patient has that record number. Nothing was stored. Check the number, or name the patient by name and date of birth.</source>
        <translation>Ningún paciente tiene ese número de expediente. Nada se guardó. Revise el número, o nombre al paciente por nombre y fecha de nacimiento.</translation>
    </message>
    <message>
        <source>More than one patient has this name and date of birth.</source>
        <translation>Más de un paciente tiene este nombre y esta fecha de nacimiento.</translation>
    </message>
    <message>
        <source>Say when the treatment ended.</source>
        <translation>Diga cuándo terminó el tratamiento.</translation>
    </message>
    <message>
        <source>There is already a user named {user}. Names are never reused.</source>
        <translation>Ya hay un usuario llamado {user}. Los nombres nunca se reutilizan.</translation>
    </message>
    <message>
        <source>The new administrator was not entered. Nothing was changed. Correct these and try again.</source>
        <translation>La nueva administración no se registró. Nada cambió. Corrija esto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Whoever was made administrator with the recovery sheet cannot confirm that. Nothing was changed. Ask somebody else of the staff to log in and confirm it.</source>
        <translation>Quien pasó a la administración con la hoja de recuperación no puede confirmarlo. Nada cambió. Pida a otra persona del equipo que inicie sesión y lo confirme.</translation>
    </message>
    <message>
        <source>Whoever was made administrator with the recovery sheet had that from an administrator, and you are one or your password went through the same hands, so your word is not a second person&apos;s. Nothing was changed. Who may confirm it: {names}.</source>
        <translation>Quien pasó a la administración con la hoja de recuperación la tuvo de una administración, y usted es una o su contraseña pasó por las mismas manos, así que su palabra no es la de una segunda persona. Nada cambió. Quién puede confirmarlo: {names}.</translation>
    </message>
    <message>
        <source>No opening with the recovery sheet waits for confirmation.</source>
        <translation>Ninguna apertura con la hoja de recuperación espera confirmación.</translation>
    </message>
    <message>
        <source>This backup is damaged and was not restored ({findings}). Nothing was changed. Use another backup, and keep this one as it is.</source>
        <translation>Este respaldo está dañado y no se restauró ({findings}). Nada cambió. Use otro respaldo y conserve este como está.</translation>
    </message>
    <message>
        <source>The files of this backup are as they were made, but what is recorded in them does not hold, so it was not restored ({findings}). Nothing was changed. Use an earlier backup; where there is none, this one can be brought back as it is with --even-if-altered.</source>
        <translation>Los archivos de este respaldo están como se hicieron, pero lo registrado en ellos no es válido, así que no se restauró ({findings}). Nada cambió. Use un respaldo anterior; si no lo hay, este se puede recuperar tal como está con --even-if-altered.</translation>
    </message>
    <message>
        <source>; and {part1} more</source>
        <translation>; y {part1} más</translation>
    </message>
    <message>
        <source>Manifest read</source>
        <translation>Manifiesto leído</translation>
    </message>
    <message>
        <source>Keys opened</source>
        <translation>Claves abiertas</translation>
    </message>
    <message>
        <source>There is a clinic in this folder, and a restoration never overwrites one. Nothing was changed. Restore into an empty folder with --data-dir and look at it; then move the old folder away, keep it, and give the restored one its name.</source>
        <translation>En esta carpeta hay una clínica, y una restauración nunca sobrescribe ninguna. Nada cambió. Restaure en una carpeta vacía con --data-dir y mírela; después mueva la carpeta vieja a otro lugar, consérvela y dé su nombre a la restaurada.</translation>
    </message>
    <message>
        <source>The folder to restore into is not empty. Nothing was changed. Name an empty or a new folder with --data-dir.</source>
        <translation>La carpeta en la que restaurar no está vacía. Nada cambió. Indique una carpeta vacía o nueva con --data-dir.</translation>
    </message>
    <message>
        <source>Files copied and compared</source>
        <translation>Archivos copiados y comparados</translation>
    </message>
    <message>
        <source>Records, log and signatures checked</source>
        <translation>Registros, bitácora y firmas revisados</translation>
    </message>
    <message>
        <source>Opened and entered in the log</source>
        <translation>Abierta y registrada en la bitácora</translation>
    </message>
    <message>
        <source>Put in place</source>
        <translation>Puesta en su lugar</translation>
    </message>
    <message>
        <source>The folder {name} beside it is in the way and holds something else. Nothing was changed. Move it away, or restore into another folder.</source>
        <translation>La carpeta {name}, a su lado, estorba y contiene otra cosa. Nada cambió. Muévala o restaure en otra carpeta.</translation>
    </message>
    <message>
        <source>visit revisions</source>
        <translation>revisiones de visitas</translation>
    </message>
    <message>
        <source>Log entries</source>
        <translation>Entradas de la bitácora</translation>
    </message>
    <message>
        <source>Restore drill</source>
        <translation>Simulacro de restauración</translation>
    </message>
    <message>
        <source>the recovery sheet</source>
        <translation>la hoja de recuperación</translation>
    </message>
    <message>
        <source>a password</source>
        <translation>una contraseña</translation>
    </message>
    <message>
        <source>Opened again and checked as a clinic</source>
        <translation>Abierta de nuevo y revisada como clínica</translation>
    </message>
    <message>
        <source>I reviewed this visit and approve it as recorded.</source>
        <translation>Revisé esta visita y la apruebo como está registrada.</translation>
    </message>
    <message>
        <source>I reviewed this visit and return it to the performer with a question.</source>
        <translation>Revisé esta visita y la devuelvo a quien trató con una pregunta.</translation>
    </message>
    <message>
        <source>I saw what stands against this treatment and release it for this visit.</source>
        <translation>Vi lo que se opone a este tratamiento y lo libero para esta visita.</translation>
    </message>
    <message>
        <source>Nothing stands against this visit as it is kept: the treatment lines of a refused treatment are not kept, so there is nothing to release. Record lines within the limits, or put an authorisation on file before the treatment.</source>
        <translation>Nada se opone a esta visita como se conserva: las líneas de un tratamiento rechazado no se conservan, así que no hay nada que liberar. Registre líneas dentro de los límites, o archive una autorización antes del tratamiento.</translation>
    </message>
    <message>
        <source>What stands against this visit cannot be released by anybody.</source>
        <translation>Lo que se opone a esta visita no lo puede liberar nadie.</translation>
    </message>
    <message>
        <source>A reason is needed. Nothing was changed. Write it in a sentence the performer will understand.</source>
        <translation>Hace falta un motivo. Nada cambió. Escríbalo en una frase que entienda quien trató.</translation>
    </message>
    <message>
        <source>{released_statement} Released: {part2}.</source>
        <translation>{released_statement} Liberado: {part2}.</translation>
    </message>
    <message>
        <source>Write a reason.</source>
        <translation>Escriba un motivo.</translation>
    </message>
    <message>
        <source>Visit {number} is not deferred; there is nothing to release.</source>
        <translation>La visita {number} no está aplazada; no hay nada que liberar.</translation>
    </message>
    <message>
        <source>Visit {number} does not wait for review: it is {state}.</source>
        <translation>La visita {number} no espera revisión: está {state}.</translation>
    </message>
    <message>
        <source>newer backups stand in for it</source>
        <translation>hay respaldos más nuevos en su lugar</translation>
    </message>
    <message>
        <source>it was not in its place any more</source>
        <translation>ya no estaba en su lugar</translation>
    </message>
    <message>
        <source>both keys</source>
        <translation>las dos claves</translation>
    </message>
    <message>
        <source>new key alone</source>
        <translation>solo la clave nueva</translation>
    </message>
    <message>
        <source>Give the reason why the database key is changed.</source>
        <translation>Dé el motivo por el que se cambia la clave de la base de datos.</translation>
    </message>
    <message>
        <source>There is no such visit in this clinic. Nothing was changed.</source>
        <translation>No existe esa visita en esta clínica. Nada cambió.</translation>
    </message>
    <message>
        <source>The visit&apos;s day lies ahead. Nothing was stored. Record a visit on its own day or later.</source>
        <translation>El día de la visita todavía no llegó. Nada se guardó. Registre una visita en su propio día o después.</translation>
    </message>
    <message>
        <source>The document names another patient than the visit&apos;s. Nothing was stored. Check which visit it is meant for.</source>
        <translation>El documento nombra a otro paciente que el de la visita. Nada se guardó. Compruebe para qué visita es.</translation>
    </message>
    <message>
        <source>This day has not come yet.</source>
        <translation>Este día todavía no llegó.</translation>
    </message>
    <message>
        <source>This is not the visit&apos;s patient.</source>
        <translation>Este no es el paciente de la visita.</translation>
    </message>
    <message>
        <source>Visit {number} is signed and never changes. Add an addendum instead.</source>
        <translation>La visita {number} está firmada y no cambia nunca. Agregue en su lugar un anexo.</translation>
    </message>
    <message>
        <source>Visit {number} is deferred, so no treatment can be recorded in it. Nothing was changed. Settle what stands against it first.</source>
        <translation>La visita {number} está aplazada, así que no se puede registrar ningún tratamiento en ella. Nada cambió. Resuelva antes lo que se opone.</translation>
    </message>
    <message>
        <source>{user} cannot confirm this: the keys of that log-in are not the ones that the log knows, so somebody may have made them since. Nothing was changed. Ask somebody else.</source>
        <translation>{user} no puede confirmar esto: las claves de ese inicio de sesión no son las que conoce la bitácora, así que alguien puede haberlas creado desde entonces. Nada cambió. Pídaselo a otra persona.</translation>
    </message>
    <message>
        <source>It could not be entered in the log that you open this, because the clinic&apos;s files cannot be written at present, so it is not shown. Nothing was changed and everything saved before is safe. Free some space on the disk, or check it, then open it again.</source>
        <translation>No se pudo registrar en la bitácora que usted abre esto, porque ahora no se puede escribir en los archivos de la clínica, así que no se muestra. Nada cambió y todo lo guardado antes está a salvo. Libere espacio en el disco, o revíselo, y ábralo otra vez.</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>menos de un minuto</translation>
    </message>
    <message>
        <source>The computer&apos;s clock is {by} behind the log&apos;s newest entry, so it was set back. Nothing is lost and the order of entries is certain. Set the clock right, or say why it was changed.</source>
        <translation>El reloj de la computadora está {by} atrás de la entrada más nueva de la bitácora, así que se atrasó. Nada se perdió y el orden de las entradas es seguro. Ponga el reloj en hora, o diga por qué se cambió.</translation>
    </message>
    <message>
        <source>Your access to this clinic has ended. Nothing was changed. Ask an administrator about it.</source>
        <translation>Su acceso a esta clínica terminó. Nada cambió. Pregunte a la administración.</translation>
    </message>
    <message>
        <source>Your keys were replaced since you logged in here, so this log-in has ended. Nothing was changed. Log in again.</source>
        <translation>Sus claves se reemplazaron desde que inició sesión aquí, así que esta sesión terminó. Nada cambió. Vuelva a iniciar sesión.</translation>
    </message>
    <message>
        <source>You have no signature key in this clinic, so you cannot sign. Nothing was changed. Make one in Settings or with: mnclinic key enroll. Or ask the performer or the director to sign.</source>
        <translation>No tiene clave de firma en esta clínica, así que no puede firmar. Nada cambió. Cree una en Ajustes o con: mnclinic key enroll. O pida que firme quien trató o la dirección.</translation>
    </message>
    <message>
        <source>Your access to this clinic ended on {until}. Nothing was changed. Ask an administrator for more time.</source>
        <translation>Su acceso a esta clínica terminó el {until}. Nada cambió. Pida más tiempo a la administración.</translation>
    </message>
    <message>
        <source>Your password was given to you by somebody else. Nothing was changed. Choose your own first: in the window right after logging in, or with: mnclinic user password</source>
        <translation>Su contraseña se la dio otra persona. Nada cambió. Elija antes la suya: en la ventana justo después de iniciar sesión, o con: mnclinic user password</translation>
    </message>
    <message>
        <source>The user name {user} is given twice.</source>
        <translation>El nombre de usuario {user} está dado dos veces.</translation>
    </message>
    <message>
        <source>There is a clinic in this folder already. Nothing was changed. Choose an empty folder, or open the clinic that is there.</source>
        <translation>Ya hay una clínica en esta carpeta. Nada cambió. Elija una carpeta vacía, o abra la clínica que está ahí.</translation>
    </message>
    <message>
        <source>Give the clinic a name.</source>
        <translation>Dé un nombre a la clínica.</translation>
    </message>
    <message>
        <source>A clinic has exactly one medical director to begin with.</source>
        <translation>Para empezar, una clínica tiene exactamente una dirección médica.</translation>
    </message>
    <message>
        <source>A clinic needs an administrator.</source>
        <translation>Una clínica necesita una administración.</translation>
    </message>
    <message>
        <source>Only a clinic in which nobody but the director performs treatments is a solo-physician clinic. Leave the providers out, or do not declare it.</source>
        <translation>Solo es de un solo médico una clínica en la que nadie más que la dirección realiza tratamientos. Quite a los profesionales, o no lo declare.</translation>
    </message>
    <message>
        <source>A provider or director needs a credential, such as RN or MD.</source>
        <translation>Un profesional o una dirección necesita una credencial, como RN o MD.</translation>
    </message>
    <message>
        <source>The window locks after {shortest_idle_min} to {longest_idle_min} whole minutes.</source>
        <translation>La ventana se bloquea tras {shortest_idle_min} a {longest_idle_min} minutos enteros.</translation>
    </message>
    <message>
        <source>A legal hold is on or off.</source>
        <translation>Una retención legal está activada o desactivada.</translation>
    </message>
    <message>
        <source>Backups are made every 1 to {longest_interval_h} hours.</source>
        <translation>Los respaldos se hacen cada 1 a {longest_interval_h} horas.</translation>
    </message>
    <message>
        <source>A backup at closing is made or not made.</source>
        <translation>Al cerrar se hace un respaldo o no se hace.</translation>
    </message>
    <message>
        <source>The folder of backups is a path.</source>
        <translation>La carpeta de los respaldos es una ruta.</translation>
    </message>
    <message>
        <source>Of each kind {smallest_keep} to {largest_keep} backups are kept: at least one day, one week and one month, so that retention cannot be switched off.</source>
        <translation>De cada tipo se guardan de {smallest_keep} a {largest_keep} respaldos: al menos un día, una semana y un mes, para que no se pueda desactivar la conservación.</translation>
    </message>
    <message>
        <source>There is no such setting.</source>
        <translation>No existe ese ajuste.</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>no se puede leer</translation>
    </message>
    <message>
        <source>expired on {expires_on}</source>
        <translation>venció el {expires_on}</translation>
    </message>
    <message>
        <source>{device} · {model} · serial {serial}</source>
        <translation>{device} · {model} · serie {serial}</translation>
    </message>
    <message>
        <source>The record of revision {revision} is not the one that was frozen.</source>
        <translation>El registro de la revisión {revision} no es el que se congeló.</translation>
    </message>
    <message>
        <source>The signature does not belong to what it stands under.</source>
        <translation>La firma no corresponde a lo que está encima.</translation>
    </message>
    <message>
        <source>The record is not the one that was signed.</source>
        <translation>El registro no es el que se firmó.</translation>
    </message>
    <message>
        <source>The signature was made for another record.</source>
        <translation>La firma se hizo para otro registro.</translation>
    </message>
    <message>
        <source>This signature is in a form that this version of mnclinic cannot check.</source>
        <translation>Esta firma está en una forma que esta versión de mnclinic no puede revisar.</translation>
    </message>
    <message>
        <source>What was signed cannot be read any more.</source>
        <translation>Lo que se firmó ya no se puede leer.</translation>
    </message>
    <message>
        <source>I declare that this is a solo-physician clinic: I am its only medical director, and nobody else here can review the treatments that I perform. Every record is to say so.</source>
        <translation>Declaro que esta es una clínica de un solo médico: soy su única dirección médica y nadie más aquí puede revisar los tratamientos que realizo. Cada registro debe decirlo.</translation>
    </message>
    <message>
        <source>Declared solo-physician clinic: the medical director may approve treatments of her own, and nobody else reviews those.</source>
        <translation>Clínica declarada de un solo médico: la dirección médica puede aprobar sus propios tratamientos, y nadie más los revisa.</translation>
    </message>
    <message>
        <source>I performed this treatment myself; this is a declared solo-physician clinic, in which nobody else reviews it.</source>
        <translation>Realicé este tratamiento yo; esta es una clínica declarada de un solo médico, en la que nadie más lo revisa.</translation>
    </message>
    <message>
        <source>This visit was recorded while another director worked here, who has to review it: nobody approves, returns or releases a visit that they performed. Nothing was changed.</source>
        <translation>Esta visita se registró mientras trabajaba aquí otra dirección, que la tiene que revisar: nadie aprueba, devuelve ni libera una visita que realizó. Nada cambió.</translation>
    </message>
    <message>
        <source>not checked (older format)</source>
        <translation>sin revisar (formato anterior)</translation>
    </message>
    <message>
        <source>not what was entered</source>
        <translation>no es lo que se registró</translation>
    </message>
    <message>
        <source>link does not hold</source>
        <translation>el enlace no es válido</translation>
    </message>
    <message>
        <source>signature does not hold</source>
        <translation>la firma no es válida</translation>
    </message>
    <message>
        <source>There is no such patient in this clinic. Nothing was changed. Look the person up again.</source>
        <translation>No existe ese paciente en esta clínica. Nada cambió. Busque otra vez a la persona.</translation>
    </message>
    <message>
        <source>The name to restore into is a link, and a restored clinic takes the place of an empty folder. Nothing was changed. Name the folder that it leads to, or a new one, with --data-dir.</source>
        <translation>El nombre en el que restaurar es un enlace, y una clínica restaurada ocupa el lugar de una carpeta vacía. Nada cambió. Indique la carpeta a la que lleva, o una nueva, con --data-dir.</translation>
    </message>
    <message>
        <source>The signature key in the key file is not the one registered for you. Nothing was signed. Do not sign here. If this PC went off while you made a key, have an administrator end your signature key and make a new one; else ask for help with this folder as it is.</source>
        <translation>La clave de firma del archivo de claves no es la registrada para usted. Nada se firmó. No firme aquí. Si esta computadora se apagó mientras creaba una clave, haga que la administración termine su clave de firma y cree una nueva; si no, pida ayuda con esta carpeta tal como está.</translation>
    </message>
    <message>
        <source>Another person here has this password. Each has their own, which nobody else knows.</source>
        <translation>Otra persona de aquí tiene esta contraseña. Cada quien tiene la suya, que nadie más conoce.</translation>
    </message>
    <message>
        <source>{error} Write it like 23 Apr 1990.</source>
        <translation>{error} Escríbalo como 23 abr 1990.</translation>
    </message>
    <message>
        <source>This is your own password, and the other person would know it. Give them another one.</source>
        <translation>Esta es su propia contraseña, y la otra persona la conocería. Dele otra.</translation>
    </message>
    <message>
        <source>The licence {number} ends before it begins.</source>
        <translation>La licencia {number} termina antes de empezar.</translation>
    </message>
    <message>
        <source>The person was not added. Correct these and try again.</source>
        <translation>La persona no se agregó. Corrija esto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>There is already a user named {part1}. Names are never reused.</source>
        <translation>Ya hay un usuario llamado {part1}. Los nombres nunca se reutilizan.</translation>
    </message>
    <message>
        <source>A user name has 1 to 64 letters and digits; dots, dashes, _ and @ may stand between them.</source>
        <translation>Un nombre de usuario tiene de 1 a 64 letras y dígitos; entre ellos puede haber puntos, guiones, _ y @.</translation>
    </message>
    <message>
        <source>Give the person&apos;s full name.</source>
        <translation>Dé el nombre completo de la persona.</translation>
    </message>
    <message>
        <source>There is no such role.</source>
        <translation>No existe esa función.</translation>
    </message>
    <message>
        <source>A depth ceiling is a number of millimetres, such as 1.50.</source>
        <translation>Un límite de profundidad es un número de milímetros, como 1.50.</translation>
    </message>
    <message>
        <source>{what} Nothing was stored. Choose another.</source>
        <translation>{what} Nada se guardó. Elija otra.</translation>
    </message>
    <message>
        <source>The password was not changed. Choose another.</source>
        <translation>La contraseña no se cambió. Elija otra.</translation>
    </message>
    <message>
        <source>This is the password that you have already.</source>
        <translation>Esta es la contraseña que ya tiene.</translation>
    </message>
    <message>
        <source>{name} is the clinic&apos;s last medical director. Without one no visit can be approved or released, no policy or protocol put in force, and what waits for sign-off stays unsigned. Nothing was changed. Add the next director first; or, if this is meant, say so with --leave-no-director, and Today reminds of it.</source>
        <translation>{name} es la última dirección médica de la clínica. Sin ella no se puede aprobar ni liberar ninguna visita, ni poner en vigor ninguna política ni protocolo, y lo que espera firma queda sin firmar. Nada cambió. Agregue antes la siguiente dirección; o, si es lo que quiere, dígalo con --leave-no-director, y Hoy lo recordará.</translation>
    </message>
    <message>
        <source>{name} has open visits: {named}. Name the performer who takes them.</source>
        <translation>{name} tiene visitas abiertas: {named}. Indique el profesional que las toma.</translation>
    </message>
    <message>
        <source>{name} performs no visits, so the open visits cannot go to them.</source>
        <translation>{name} no realiza visitas, así que las visitas abiertas no pueden pasar a esa persona.</translation>
    </message>
    <message>
        <source>Give the reason why the access ends.</source>
        <translation>Dé el motivo por el que termina el acceso.</translation>
    </message>
    <message>
        <source>{what} Nothing was changed. Name a performer.</source>
        <translation>{what} Nada cambió. Indique un profesional.</translation>
    </message>
    <message>
        <source>Nobody ends their own access. Nothing was changed. Ask another administrator to do it.</source>
        <translation>Nadie termina su propio acceso. Nada cambió. Pídalo a otra administración.</translation>
    </message>
    <message>
        <source> and more</source>
        <translation> y más</translation>
    </message>
    <message>
        <source>The access of {name} has no last day, so there is nothing to extend.</source>
        <translation>El acceso de {name} no tiene último día, así que no hay nada que prolongar.</translation>
    </message>
    <message>
        <source>The access was not extended. Correct these and try again.</source>
        <translation>El acceso no se prolongó. Corrija esto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>The access lasts until {ends} already; name a later last day.</source>
        <translation>El acceso ya dura hasta el {ends}; indique un último día posterior.</translation>
    </message>
    <message>
        <source>Give the reason for more time.</source>
        <translation>Dé el motivo para más tiempo.</translation>
    </message>
    <message>
        <source>There is no user named {user}.</source>
        <translation>No hay ningún usuario llamado {user}.</translation>
    </message>
    <message>
        <source>The access of {user} has ended.</source>
        <translation>El acceso de {user} terminó.</translation>
    </message>
    <message>
        <source>{what} Nothing was changed. Look at: mnclinic user list</source>
        <translation>{what} Nada cambió. Véase: mnclinic user list</translation>
    </message>
    <message>
        <source>{what} Nothing was changed. Add the person anew, with another user name.</source>
        <translation>{what} Nada cambió. Agregue de nuevo a la persona, con otro nombre de usuario.</translation>
    </message>
    <message>
        <source>Your own password cannot be reset, only changed. Nothing was changed. Choose a new one with: mnclinic user password</source>
        <translation>Su propia contraseña no se puede restablecer, solo cambiar. Nada cambió. Elija una nueva con: mnclinic user password</translation>
    </message>
    <message>
        <source>The password was not reset. Correct these and try again.</source>
        <translation>La contraseña no se restableció. Corrija esto y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Give the reason of the reset.</source>
        <translation>Dé el motivo del restablecimiento.</translation>
    </message>
    <message>
        <source>A reason is needed to void a visit. Nothing was changed.</source>
        <translation>Hace falta un motivo para anular una visita. Nada cambió.</translation>
    </message>
    <message>
        <source>Visit {number} is signed and cannot be voided.</source>
        <translation>La visita {number} está firmada y no se puede anular.</translation>
    </message>
    <message>
        <source>Draft, not medical advice. Nobody is treated under it until the clinic&apos;s director has signed it.</source>
        <translation>Borrador, no es consejo médico. Con él no se trata a nadie hasta que la dirección de la clínica lo haya firmado.</translation>
    </message>
</context>
<context>
    <name>screens</name>
    <message>
        <source>Something went wrong inside the program. What was saved before is safe and nothing half-done was kept. Try again; if it happens again, note what you did and report it.</source>
        <translation>Algo falló dentro del programa. Lo guardado antes está a salvo y nada quedó a medias. Vuelva a intentarlo; si pasa otra vez, anote qué hizo e infórmelo.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Deepest</source>
        <translation>Máxima</translation>
    </message>
    <message>
        <source>Label evaluated to</source>
        <translation>Etiqueta evaluó hasta</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>Lote</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Qué</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Vence</translation>
    </message>
    <message>
        <source>Needle length</source>
        <translation>Largo de aguja</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>En cuarentena</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Vencido</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Paciente</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Visita</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Día</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Servicio</translation>
    </message>
    <message>
        <source>Performer</source>
        <translation>A cargo de</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>Por qué está aquí</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Vence</translation>
    </message>
    <message>
        <source>What stands</source>
        <translation>Qué se opone</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>sin registrar</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Borrador</translation>
    </message>
    <message>
        <source>Deferred</source>
        <translation>Aplazada</translation>
    </message>
    <message>
        <source>Performed</source>
        <translation>Realizada</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>En revisión</translation>
    </message>
    <message>
        <source>Complete, not drawn</source>
        <translation>Completa, no sorteada</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Devuelta</translation>
    </message>
    <message>
        <source>Signed off</source>
        <translation>Aprobada</translation>
    </message>
    <message>
        <source>Voided</source>
        <translation>Anulada</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bien</translation>
    </message>
    <message>
        <source>look</source>
        <translation>mirar</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>alto</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>falta</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Qué pasó</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Hasta</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Consultas</translation>
    </message>
    <message>
        <source>No time</source>
        <translation>Sin hora</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Expediente</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Nacimiento</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>Last visit</source>
        <translation>Última visita</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Documento</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versión</translation>
    </message>
    <message>
        <source>Performers</source>
        <translation>Profesionales</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>Intervalo</translation>
    </message>
    <message>
        <source>Topicals</source>
        <translation>Tópicos</translation>
    </message>
    <message>
        <source>Depth by area: usual, director above, never above</source>
        <translation>Profundidad: habitual · dirección desde · tope</translation>
    </message>
    <message>
        <source>Screening</source>
        <translation>Preguntas previas</translation>
    </message>
    <message>
        <source>Lets pass</source>
        <translation>Permite</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Para</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>warns under {days}</source>
        <translation>avisa por debajo de {days}</translation>
    </message>
    <message>
        <source>stops under {days}</source>
        <translation>rechaza por debajo de {days}</translation>
    </message>
    <message>
        <source>{least} to {most} mm · {director} mm · {never} mm</source>
        <translation>{least} a {most} mm · {director} mm · {never} mm</translation>
    </message>
    <message>
        <source>{kind}, may be passed by {who}</source>
        <translation>{kind}, la puede permitir: {who}</translation>
    </message>
    <message>
        <source>, {days} days</source>
        <translation>, {days} días</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lugar</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Not there now</source>
        <translation>No está ahora</translation>
    </message>
    <message>
        <source>Not proven yet</source>
        <translation>Sin comprobar</translation>
    </message>
    <message>
        <source>Proven good</source>
        <translation>Comprobado</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>fijado</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Función</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Último día</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Se fue</translation>
    </message>
    <message>
        <source>Time is over</source>
        <translation>Se acabó el tiempo</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Todavía no</translation>
    </message>
    <message>
        <source>Cannot log in</source>
        <translation>No puede entrar</translation>
    </message>
    <message>
        <source>First password still</source>
        <translation>Primera contraseña</translation>
    </message>
    <message>
        <source>Must choose a password</source>
        <translation>Debe elegir contraseña</translation>
    </message>
    <message>
        <source>No signature key</source>
        <translation>Sin clave de firma</translation>
    </message>
    <message>
        <source>No recovery code</source>
        <translation>Sin código</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>Vigente</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>Titular</translation>
    </message>
    <message>
        <source>Key for</source>
        <translation>Clave para</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clave</translation>
    </message>
    <message>
        <source>Ended: {reason}</source>
        <translation>Terminó: {reason}</translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation>huella</translation>
    </message>
    <message>
        <source>Fill this in.</source>
        <translation>Complete este campo.</translation>
    </message>
    <message>
        <source>This clinic is open in another window on this PC. Nothing was changed. Use that window, or close it first.</source>
        <translation>Esta clínica está abierta en otra ventana de esta computadora. Nada cambió. Use esa ventana, o ciérrela antes.</translation>
    </message>
    <message>
        <source>The data folder cannot be written, so the clinic was not opened. Nothing was changed. Check that the folder is not read-only and that you may write to it.</source>
        <translation>No se puede escribir en la carpeta de datos, así que la clínica no se abrió. Nada cambió. Compruebe que la carpeta no sea de solo lectura y que usted pueda escribir en ella.</translation>
    </message>
    <message>
        <source>The data folder cannot be made. Nothing was changed. Check that you may write there, or choose another folder with --data-dir.</source>
        <translation>La carpeta de datos no se puede crear. Nada cambió. Compruebe que usted pueda escribir ahí, o elija otra carpeta con --data-dir.</translation>
    </message>
    <message>
        <source>front desk</source>
        <translation>recepción</translation>
    </message>
    <message>
        <source>provider</source>
        <translation>profesional</translation>
    </message>
    <message>
        <source>director</source>
        <translation>dirección</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>administración</translation>
    </message>
    <message>
        <source>inspector</source>
        <translation>inspección</translation>
    </message>
    <message>
        <source>performer</source>
        <translation>quien trata</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>nadie</translation>
    </message>
    <message>
        <source>forehead</source>
        <translation>frente</translation>
    </message>
    <message>
        <source>glabella</source>
        <translation>entrecejo</translation>
    </message>
    <message>
        <source>periorbital</source>
        <translation>contorno de ojos</translation>
    </message>
    <message>
        <source>eyelid</source>
        <translation>párpado</translation>
    </message>
    <message>
        <source>nose</source>
        <translation>nariz</translation>
    </message>
    <message>
        <source>cheek</source>
        <translation>mejilla</translation>
    </message>
    <message>
        <source>cheekbone</source>
        <translation>pómulo</translation>
    </message>
    <message>
        <source>upper lip</source>
        <translation>labio superior</translation>
    </message>
    <message>
        <source>chin</source>
        <translation>mentón</translation>
    </message>
    <message>
        <source>jaw</source>
        <translation>mandíbula</translation>
    </message>
    <message>
        <source>neck</source>
        <translation>cuello</translation>
    </message>
    <message>
        <source>decolletage</source>
        <translation>escote</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>mano</translation>
    </message>
    <message>
        <source>abdomen</source>
        <translation>abdomen</translation>
    </message>
    <message>
        <source>scalp</source>
        <translation>cuero cabelludo</translation>
    </message>
    <message>
        <source>erythema</source>
        <translation>enrojecimiento</translation>
    </message>
    <message>
        <source>pinpoint bleeding</source>
        <translation>sangrado puntiforme</translation>
    </message>
    <message>
        <source>aborted</source>
        <translation>interrumpido</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>identidad</translation>
    </message>
    <message>
        <source>exam</source>
        <translation>examen</translation>
    </message>
    <message>
        <source>authority</source>
        <translation>autoridad</translation>
    </message>
    <message>
        <source>supplies</source>
        <translation>insumos</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>borrador</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>aplazada</translation>
    </message>
    <message>
        <source>performed</source>
        <translation>realizada</translation>
    </message>
    <message>
        <source>in review</source>
        <translation>en revisión</translation>
    </message>
    <message>
        <source>complete not drawn</source>
        <translation>completa, no sorteada</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>devuelta</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>firmada</translation>
    </message>
    <message>
        <source>voided</source>
        <translation>anulada</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>en uso</translation>
    </message>
    <message>
        <source>quarantined</source>
        <translation>en cuarentena</translation>
    </message>
    <message>
        <source>recalled</source>
        <translation>retirado</translation>
    </message>
    <message>
        <source>video</source>
        <translation>por video</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>aprobado</translation>
    </message>
    <message>
        <source>defer to director</source>
        <translation>remitir a la dirección</translation>
    </message>
    <message>
        <source>not applicable</source>
        <translation>no corresponde</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>pendiente</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>no se sabe</translation>
    </message>
    <message>
        <source>absolute</source>
        <translation>absoluta</translation>
    </message>
    <message>
        <source>relative</source>
        <translation>relativa</translation>
    </message>
    <message>
        <source>precaution</source>
        <translation>precaución</translation>
    </message>
    <message>
        <source>high</source>
        <translation>alta</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>media</translation>
    </message>
    <message>
        <source>low</source>
        <translation>baja</translation>
    </message>
    <message>
        <source>unverified</source>
        <translation>sin verificar</translation>
    </message>
    <message>
        <source>on site</source>
        <translation>en el lugar</translation>
    </message>
    <message>
        <source>immediately available</source>
        <translation>disponible de inmediato</translation>
    </message>
    <message>
        <source>general</source>
        <translation>general</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>horas</translation>
    </message>
    <message>
        <source>Add a lot</source>
        <translation>Agregar un lote</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>Agregar</translation>
    </message>
    <message>
        <source>Scan every code of one box, or type what stands on it.</source>
        <translation>Escanee todos los códigos de una caja, o escriba lo que dice.</translation>
    </message>
    <message>
        <source>Scan here</source>
        <translation>Escanear aquí</translation>
    </message>
    <message>
        <source>What it is of</source>
        <translation>De qué es</translation>
    </message>
    <message>
        <source>What it is called</source>
        <translation>Cómo se llama</translation>
    </message>
    <message>
        <source>Lot, as it is printed</source>
        <translation>Lote, tal como está impreso</translation>
    </message>
    <message>
        <source>Last day of use</source>
        <translation>Último día de uso</translation>
    </message>
    <message>
        <source>Needle length in mm</source>
        <translation>Longitud de aguja en mm</translation>
    </message>
    <message>
        <source>It stands in the log.</source>
        <translation>Queda en el registro.</translation>
    </message>
    <message>
        <source>Only what is publicly known. It is no label.</source>
        <translation>Solo lo que se sabe públicamente. No es la etiqueta.</translation>
    </message>
    <message>
        <source>No draft: type it all</source>
        <translation>Sin borrador: escribirlo todo</translation>
    </message>
    <message>
        <source>UDI: scan the label here</source>
        <translation>UDI: escanee aquí la etiqueta</translation>
    </message>
    <message>
        <source>Bar code or square code, GS1 or HIBC.</source>
        <translation>Código de barras o cuadrado, GS1 o HIBC.</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>Fabricante</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Número de serie</translation>
    </message>
    <message>
        <source>Clearance number</source>
        <translation>Número de autorización</translation>
    </message>
    <message>
        <source>For example DEN160029, K202243.</source>
        <translation>Por ejemplo DEN160029, K202243.</translation>
    </message>
    <message>
        <source>How it works</source>
        <translation>Cómo funciona</translation>
    </message>
    <message>
        <source>Mechanical maximum in mm</source>
        <translation>Máximo mecánico en mm</translation>
    </message>
    <message>
        <source>Depth in steps of, in mm</source>
        <translation>Pasos de profundidad, en mm</translation>
    </message>
    <message>
        <source>Deepest that the label evaluated, in mm</source>
        <translation>Máximo evaluado en la etiqueta, en mm</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>In the label&apos;s words.</source>
        <translation>Con las palabras de la etiqueta.</translation>
    </message>
    <message>
        <source>Minimum age in years</source>
        <translation>Edad mínima en años</translation>
    </message>
    <message>
        <source>Cleared for, with phototypes</source>
        <translation>Autorizado para, con fototipos</translation>
    </message>
    <message>
        <source>For example: facial acne scars I-VI; neck wrinkles II-IV.</source>
        <translation>Por ejemplo: facial acne scars I-VI; neck wrinkles II-IV.</translation>
    </message>
    <message>
        <source>Topicals that the label names</source>
        <translation>Tópicos que nombra la etiqueta</translation>
    </message>
    <message>
        <source>What may be put on needled skin, commas between. The label names none: write none.</source>
        <translation>Lo que puede ponerse sobre la piel tratada, con comas. Si la etiqueta no nombra ninguno: ninguno.</translation>
    </message>
    <message>
        <source>Days between services</source>
        <translation>Días entre servicios</translation>
    </message>
    <message>
        <source>Days between cleanings</source>
        <translation>Días entre limpiezas</translation>
    </message>
    <message>
        <source>Days between calibrations</source>
        <translation>Días entre calibraciones</translation>
    </message>
    <message>
        <source>Where these facts come from</source>
        <translation>De dónde vienen estos datos</translation>
    </message>
    <message>
        <source>The label says so</source>
        <translation>La etiqueta lo dice</translation>
    </message>
    <message>
        <source>Servicing</source>
        <translation>Mantenimiento</translation>
    </message>
    <message>
        <source>Cleaning</source>
        <translation>Limpieza</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Calibración</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparación</translation>
    </message>
    <message>
        <source>Enter it</source>
        <translation>Anotarlo</translation>
    </message>
    <message>
        <source>Begin from a draft</source>
        <translation>Empezar por un borrador</translation>
    </message>
    <message>
        <source>What visits call it</source>
        <translation>Cómo lo llaman las visitas</translation>
    </message>
    <message>
        <source>For example SP-01.</source>
        <translation>Por ejemplo SP-01.</translation>
    </message>
    <message>
        <source>Take the device in hand and type what its label says. An empty field: it says nothing.</source>
        <translation>Tome el dispositivo y escriba lo que dice su etiqueta. Campo vacío: no dice nada.</translation>
    </message>
    <message>
        <source>It stands in the log in your name.</source>
        <translation>Consta en la bitácora con su nombre.</translation>
    </message>
    <message>
        <source>Add a device</source>
        <translation>Añadir un dispositivo</translation>
    </message>
    <message>
        <source>Take every number from the label in hand. Leave empty what the label does not say.</source>
        <translation>Tome cada número de la etiqueta que tiene en la mano. Deje vacío lo que no diga.</translation>
    </message>
    <message>
        <source>Nobody may treat with it until somebody has confirmed it from the label.</source>
        <translation>Nadie puede tratar con él hasta que alguien lo haya confirmado por la etiqueta.</translation>
    </message>
    <message>
        <source>Correct it</source>
        <translation>Corregirlo</translation>
    </message>
    <message>
        <source>Confirm device {device} from its label</source>
        <translation>Confirmar el dispositivo {device} por su etiqueta</translation>
    </message>
    <message>
        <source>Enter what was done to device {device}</source>
        <translation>Registrar lo hecho al dispositivo {device}</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Qué se hizo</translation>
    </message>
    <message>
        <source>On which day</source>
        <translation>Qué día</translation>
    </message>
    <message>
        <source>Who did it</source>
        <translation>Quién lo hizo</translation>
    </message>
    <message>
        <source>It did not pass</source>
        <translation>No pasó</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>No se sabe</translation>
    </message>
    <message>
        <source>Mechanical</source>
        <translation>Mecánico</translation>
    </message>
    <message>
        <source>Radiofrequency</source>
        <translation>Radiofrecuencia</translation>
    </message>
    <message>
        <source>Then the device is quarantined at once.</source>
        <translation>Entonces el dispositivo queda en cuarentena al momento.</translation>
    </message>
    <message>
        <source>Correct device {device}</source>
        <translation>Corregir el dispositivo {device}</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protocolo</translation>
    </message>
    <message>
        <source>Entered as</source>
        <translation>Registrada como</translation>
    </message>
    <message>
        <source>by nobody yet: nobody may treat with it</source>
        <translation>por nadie aún: nadie puede tratar con él</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>Sin confirmar</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Atrasado</translation>
    </message>
    <message>
        <source>Few left</source>
        <translation>Quedan pocos</translation>
    </message>
    <message>
        <source>came with the set-up</source>
        <translation>vino con la instalación</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Fuera</translation>
    </message>
    <message>
        <source>Spoiled</source>
        <translation>Dañada</translation>
    </message>
    <message>
        <source>cleared by {value}</source>
        <translation>autorizado por {value}</translation>
    </message>
    <message>
        <source>for {value}</source>
        <translation>para {value}</translation>
    </message>
    <message>
        <source>from {value} years</source>
        <translation>desde {value} años</translation>
    </message>
    <message>
        <source>in steps of {value} mm</source>
        <translation>en pasos de {value} mm</translation>
    </message>
    <message>
        <source>speed {value}</source>
        <translation>velocidad {value}</translation>
    </message>
    <message>
        <source>UDI {value}</source>
        <translation>UDI {value}</translation>
    </message>
    <message>
        <source>topicals on the label: {value}</source>
        <translation>tópicos en la etiqueta: {value}</translation>
    </message>
    <message>
        <source>clearance</source>
        <translation>autorización</translation>
    </message>
    <message>
        <source>Label checked {how}.</source>
        <translation>Etiqueta comprobada: {how}.</translation>
    </message>
    <message>
        <source> · not known: {names}</source>
        <translation> · no se sabe: {names}</translation>
    </message>
    <message>
        <source>by {name}, {at}</source>
        <translation>por {name}, {at}</translation>
    </message>
    <message>
        <source>(phototypes not known)</source>
        <translation>(fototipos desconocidos)</translation>
    </message>
    <message>
        <source>Print sheets for a day without the program</source>
        <translation>Imprimir hojas para un día sin el programa</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimir</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Recuperarla</translation>
    </message>
    <message>
        <source>Keep them at the desk. Each is for one person and one session.</source>
        <translation>Guárdelas en recepción. Cada una es para una persona y una sesión.</translation>
    </message>
    <message>
        <source>Enter the visit first, with the times that stand on the sheet: it is a late entry.</source>
        <translation>Registre primero la visita, con las horas de la hoja: es una entrada tardía.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Cuántos</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Archivo</translation>
    </message>
    <message>
        <source>Bring sheet {number} back</source>
        <translation>Devolver la hoja {number}</translation>
    </message>
    <message>
        <source>Number of the visit</source>
        <translation>Número de la visita</translation>
    </message>
    <message>
        <source>Scan of the sheet</source>
        <translation>Escaneo de la hoja</translation>
    </message>
    <message>
        <source>Several get their number behind it.</source>
        <translation>Si son varias, llevan su número detrás.</translation>
    </message>
    <message>
        <source>For example V-000123.</source>
        <translation>Por ejemplo V-000123.</translation>
    </message>
    <message>
        <source>PDF, PNG or JPEG.</source>
        <translation>PDF, PNG o JPEG.</translation>
    </message>
    <message>
        <source>Nobody has counted it yet.</source>
        <translation>Nadie lo ha contado aún.</translation>
    </message>
    <message>
        <source>Fewer than so many of this kind are too few</source>
        <translation>Menos de tantos de este tipo son demasiado pocos</translation>
    </message>
    <message>
        <source>In: {received}. Used: {used}. Discarded: {discarded}. Left: {left}.</source>
        <translation>Entraron: {received}. Usados: {used}. Desechados: {discarded}. Quedan: {left}.</translation>
    </message>
    <message>
        <source>Count of lot {lot}</source>
        <translation>Recuento del lote {lot}</translation>
    </message>
    <message>
        <source>Needed where some went.</source>
        <translation>Hace falta si se desecharon.</translation>
    </message>
    <message>
        <source>As visits name it: hydrogel.</source>
        <translation>Como lo nombran las visitas: hydrogel.</translation>
    </message>
    <message>
        <source>For example 2027-05-31.</source>
        <translation>Por ejemplo 2027-05-31.</translation>
    </message>
    <message>
        <source>Of a cartridge, from its label.</source>
        <translation>De un cartucho, según su etiqueta.</translation>
    </message>
    <message>
        <source>So many came in</source>
        <translation>Entraron tantos</translation>
    </message>
    <message>
        <source>So many were thrown away</source>
        <translation>Se desecharon tantos</translation>
    </message>
    <message>
        <source>So many lie there</source>
        <translation>Hay tantos</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>todavía no</translation>
    </message>
    <message>
        <source>chart</source>
        <translation>expediente</translation>
    </message>
    <message>
        <source>Write the chart to</source>
        <translation>Guardar el expediente en</translation>
    </message>
    <message>
        <source>Writing the chart</source>
        <translation>Escribiendo el expediente</translation>
    </message>
    <message>
        <source>{file} is written. It is not encrypted and names the patient.</source>
        <translation>Se guardó {file}. No está cifrado y nombra a la persona.</translation>
    </message>
    <message>
        <source>stricter</source>
        <translation>más estricto</translation>
    </message>
    <message>
        <source>looser</source>
        <translation>más laxo</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>cambiado</translation>
    </message>
    <message>
        <source>Before:</source>
        <translation>Antes:</translation>
    </message>
    <message>
        <source>Now:</source>
        <translation>Ahora:</translation>
    </message>
    <message>
        <source>Who may do what</source>
        <translation>Quién puede hacer qué</translation>
    </message>
    <message>
        <source>Follow-up and notices</source>
        <translation>Seguimiento y avisos</translation>
    </message>
    <message>
        <source>Areas and depth</source>
        <translation>Zonas y profundidad</translation>
    </message>
    <message>
        <source>Method and sheets</source>
        <translation>Método y hojas</translation>
    </message>
    <message>
        <source>Out of: {choices}</source>
        <translation>De entre: {choices}</translation>
    </message>
    <message>
        <source>Empty: not known. {what}</source>
        <translation>Vacío: no se sabe. {what}</translation>
    </message>
    <message>
        <source>Grade {grade}</source>
        <translation>Grado {grade}</translation>
    </message>
    <message>
        <source>Signed, later</source>
        <translation>Firmado, más tarde</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>Authorisation</source>
        <translation>Autorización</translation>
    </message>
    <message>
        <source>The words that whoever signs agrees to.</source>
        <translation>Las palabras que acepta quien firma.</translation>
    </message>
    <message>
        <source>New section</source>
        <translation>Sección nueva</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Secciones</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Conformidad</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Niveles</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>Supervisión</translation>
    </message>
    <message>
        <source>Named providers</source>
        <translation>Profesionales nombrados</translation>
    </message>
    <message>
        <source>Cartridges</source>
        <translation>Cartuchos</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Asepsis</source>
        <translation>Asepsia</translation>
    </message>
    <message>
        <source>performs {what}</source>
        <translation>hace {what}</translation>
    </message>
    <message>
        <source>supervision: {level}</source>
        <translation>supervisión: {level}</translation>
    </message>
    <message>
        <source>the director is told within {hours} hours</source>
        <translation>se avisa a la dirección en {hours} horas</translation>
    </message>
    <message>
        <source>{value} ({source}; confidence {confidence})</source>
        <translation>{value} ({source}; confianza {confidence})</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>Photographs</source>
        <translation>Fotografías</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Seguimiento</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Productos</translation>
    </message>
    <message>
        <source>may examine</source>
        <translation>puede examinar</translation>
    </message>
    <message>
        <source>may order</source>
        <translation>puede ordenar</translation>
    </message>
    <message>
        <source>may draw blood</source>
        <translation>puede extraer sangre</translation>
    </message>
    <message>
        <source>alone to {mm} mm</source>
        <translation>sin supervisión hasta {mm} mm</translation>
    </message>
    <message>
        <source>under supervision to {mm} mm</source>
        <translation>con supervisión hasta {mm} mm</translation>
    </message>
    <message>
        <source>the record is held</source>
        <translation>el expediente se retiene</translation>
    </message>
    <message>
        <source>every patient</source>
        <translation>todos los pacientes</translation>
    </message>
    <message>
        <source>after {hours} hours</source>
        <translation>tras {hours} horas</translation>
    </message>
    <message>
        <source>Can be reached</source>
        <translation>Se puede localizar</translation>
    </message>
    <message>
        <source>Stands</source>
        <translation>Vale</translation>
    </message>
    <message>
        <source>How to reach them</source>
        <translation>Cómo localizarlos</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Zonas</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Por</translation>
    </message>
    <message>
        <source>Whose is not known</source>
        <translation>No se sabe de quién</translation>
    </message>
    <message>
        <source>Struck</source>
        <translation>Tachado</translation>
    </message>
    <message>
        <source>Event since</source>
        <translation>Evento posterior</translation>
    </message>
    <message>
        <source>No way to reach them</source>
        <translation>Sin forma de localizar</translation>
    </message>
    <message>
        <source>nothing on file</source>
        <translation>nada anotado</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>del {first} al {last}</translation>
    </message>
    <message>
        <source>Event {day}, grade {grade}: {event} ({number})</source>
        <translation>Evento del {day}, grado {grade}: {event} ({number})</translation>
    </message>
    <message>
        <source>, serial {serial}</source>
        <translation>, serie {serial}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abierta</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>Sin intentar</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Abierta</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Localizadas</translation>
    </message>
    <message>
        <source>Last try</source>
        <translation>Último intento</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Cerrada</translation>
    </message>
    <message>
        <source>Drill</source>
        <translation>Simulacro</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>Intentado</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} de {all}</translation>
    </message>
    <message>
        <source>Open a recall</source>
        <translation>Abrir una retirada</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Abrirla</translation>
    </message>
    <message>
        <source>Write it down</source>
        <translation>Anotarlo</translation>
    </message>
    <message>
        <source>Print a paper of this recall</source>
        <translation>Imprimir un papel de esta retirada</translation>
    </message>
    <message>
        <source>The list of whom it touched is made, and the lot or device is out of use at once.</source>
        <translation>Se hace la lista de a quién tocó, y el lote o dispositivo queda fuera de uso al momento.</translation>
    </message>
    <message>
        <source>A drill changes nothing and needs no notice.</source>
        <translation>Un simulacro no cambia nada y no necesita aviso.</translation>
    </message>
    <message>
        <source>The file is not encrypted, and a list or letter names patients.</source>
        <translation>El archivo no está cifrado, y una lista o carta nombra a pacientes.</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Qué es</translation>
    </message>
    <message>
        <source>Lot or device, as it is printed</source>
        <translation>Lote o dispositivo, como está impreso</translation>
    </message>
    <message>
        <source>Who called it back, and why</source>
        <translation>Quién lo retiró y por qué</translation>
    </message>
    <message>
        <source>The notice</source>
        <translation>El aviso</translation>
    </message>
    <message>
        <source>This is a drill</source>
        <translation>Esto es un simulacro</translation>
    </message>
    <message>
        <source>{patient} was told, or tried</source>
        <translation>Se avisó a {patient}, o se intentó</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Cómo</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>Qué resultó</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>Qué se dijo</translation>
    </message>
    <message>
        <source>Which paper</source>
        <translation>Qué papel</translation>
    </message>
    <message>
        <source>Call list, with room to write on</source>
        <translation>Lista de llamadas, con sitio para escribir</translation>
    </message>
    <message>
        <source>Letters to whoever was not reached</source>
        <translation>Cartas a quien no se localizó</translation>
    </message>
    <message>
        <source>Report of figures, which names nobody</source>
        <translation>Informe de cifras, que no nombra a nadie</translation>
    </message>
    <message>
        <source>As expected</source>
        <translation>Como se espera</translation>
    </message>
    <message>
        <source>With events</source>
        <translation>Con eventos</translation>
    </message>
    <message>
        <source>In 100 visits</source>
        <translation>En 100 visitas</translation>
    </message>
    <message>
        <source>Stands out</source>
        <translation>Destaca</translation>
    </message>
    <message>
        <source>Small numbers</source>
        <translation>Números pequeños</translation>
    </message>
    <message>
        <source>holds lost entries</source>
        <translation>contiene entradas perdidas</translation>
    </message>
    <message>
        <source>Ends within 60 days</source>
        <translation>Termina en 60 días</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papel</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Número</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Emitido por</translation>
    </message>
    <message>
        <source>Not valid today</source>
        <translation>No válido hoy</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Válido</translation>
    </message>
    <message>
        <source>Ends within 7 days</source>
        <translation>Termina en 7 días</translation>
    </message>
    <message>
        <source>Ends within 30 days</source>
        <translation>Termina en 30 días</translation>
    </message>
    <message>
        <source>Training: {name}</source>
        <translation>Capacitación: {name}</translation>
    </message>
    <message>
        <source>Certificate: {name}</source>
        <translation>Certificado: {name}</translation>
    </message>
    <message>
        <source>Licence {kind}</source>
        <translation>Licencia {kind}</translation>
    </message>
    <message>
        <source>telephone</source>
        <translation>teléfono</translation>
    </message>
    <message>
        <source>letter</source>
        <translation>carta</translation>
    </message>
    <message>
        <source>email</source>
        <translation>correo electrónico</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>localizada</translation>
    </message>
    <message>
        <source>message left</source>
        <translation>recado dejado</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>sin respuesta</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>enviada</translation>
    </message>
    <message>
        <source>wrong number</source>
        <translation>número equivocado</translation>
    </message>
    <message>
        <source>store and forward</source>
        <translation>fotos y respuestas enviadas</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>por ciento</translation>
    </message>
    <message>
        <source>telephone order</source>
        <translation>orden por teléfono</translation>
    </message>
    <message>
        <source>override</source>
        <translation>liberación</translation>
    </message>
    <message>
        <source>off label</source>
        <translation>fuera de indicación</translation>
    </message>
    <message>
        <source>prp</source>
        <translation>PRP</translation>
    </message>
    <message>
        <source>late entry</source>
        <translation>registro tardío</translation>
    </message>
    <message>
        <source>reason given</source>
        <translation>motivo dado</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>sorteada</translation>
    </message>
    <message>
        <source>off label topical</source>
        <translation>tópico fuera de indicación</translation>
    </message>
    <message>
        <source>off label age</source>
        <translation>edad fuera de indicación</translation>
    </message>
    <message>
        <source>off label indication</source>
        <translation>indicación fuera de etiqueta</translation>
    </message>
    <message>
        <source>off label site</source>
        <translation>fuera de etiqueta por sitio</translation>
    </message>
    <message>
        <source>off label phototype</source>
        <translation>fototipo fuera de indicación</translation>
    </message>
    <message>
        <source>off label depth</source>
        <translation>profundidad fuera de indicación</translation>
    </message>
    <message>
        <source>facial acne scars</source>
        <translation>cicatrices de acné faciales</translation>
    </message>
    <message>
        <source>neck wrinkles</source>
        <translation>arrugas del cuello</translation>
    </message>
    <message>
        <source>facial wrinkles</source>
        <translation>arrugas faciales</translation>
    </message>
    <message>
        <source>periorbital wrinkles</source>
        <translation>arrugas periorbitarias</translation>
    </message>
    <message>
        <source>abdominal scars</source>
        <translation>cicatrices abdominales</translation>
    </message>
    <message>
        <source>other</source>
        <translation>otro</translation>
    </message>
    <message>
        <source>cartridge</source>
        <translation>cartucho</translation>
    </message>
    <message>
        <source>topical</source>
        <translation>tópico</translation>
    </message>
    <message>
        <source>prp kit</source>
        <translation>kit de PRP</translation>
    </message>
    <message>
        <source>anaesthetic</source>
        <translation>anestésico</translation>
    </message>
    <message>
        <source>depth band</source>
        <translation>franja de profundidad</translation>
    </message>
    <message>
        <source>area</source>
        <translation>zona</translation>
    </message>
    <message>
        <source>microneedling face</source>
        <translation>microagujas, cara</translation>
    </message>
    <message>
        <source>microneedling prp</source>
        <translation>microagujas con PRP</translation>
    </message>
    <message>
        <source>microneedling</source>
        <translation>microagujas</translation>
    </message>
    <message>
        <source>exam valid days</source>
        <translation>días de validez del examen</translation>
    </message>
    <message>
        <source>consent valid days</source>
        <translation>días de validez del consentimiento</translation>
    </message>
    <message>
        <source>late entry after h</source>
        <translation>registro tardío tras (horas)</translation>
    </message>
    <message>
        <source>sample percent</source>
        <translation>porcentaje sorteado</translation>
    </message>
    <message>
        <source>due days</source>
        <translation>días de plazo</translation>
    </message>
    <message>
        <source>signature</source>
        <translation>firma</translation>
    </message>
    <message>
        <source>session</source>
        <translation>sesión</translation>
    </message>
    <message>
        <source>installation</source>
        <translation>instalación</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>perdida</translation>
    </message>
    <message>
        <source>left</source>
        <translation>se fue</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>reemplazada</translation>
    </message>
    <message>
        <source>compromised</source>
        <translation>comprometida</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automático</translation>
    </message>
    <message>
        <source>manual</source>
        <translation>manual</translation>
    </message>
    <message>
        <source>at closing</source>
        <translation>al cerrar</translation>
    </message>
    <message>
        <source>before upgrade</source>
        <translation>antes de actualizar</translation>
    </message>
    <message>
        <source>scheduled</source>
        <translation>programado</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>a mano</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>bloqueado</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Buena</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Fuerte</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>páginas</translation>
    </message>
    <message>
        <source>log</source>
        <translation>bitácora</translation>
    </message>
    <message>
        <source>database</source>
        <translation>base de datos</translation>
    </message>
    <message>
        <source>copying</source>
        <translation>copiando</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>revisando</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>terminado</translation>
    </message>
    <message>
        <source>begun</source>
        <translation>empezado</translation>
    </message>
    <message>
        <source>copied</source>
        <translation>copiado</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>renombrado</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>sola</translation>
    </message>
    <message>
        <source>attachments</source>
        <translation>adjuntos</translation>
    </message>
    <message>
        <source>details</source>
        <translation>detalles</translation>
    </message>
    <message>
        <source>tables</source>
        <translation>tablas</translation>
    </message>
    <message>
        <source>anchors</source>
        <translation>anclas</translation>
    </message>
    <message>
        <source>writing the records anew</source>
        <translation>escribiendo los registros de nuevo</translation>
    </message>
    <message>
        <source>proving the new database</source>
        <translation>comprobando la base nueva</translation>
    </message>
    <message>
        <source>setting the clinic up</source>
        <translation>creando la clínica</translation>
    </message>
    <message>
        <source>adding the people</source>
        <translation>agregando a las personas</translation>
    </message>
    <message>
        <source>going through the visits</source>
        <translation>pasando por las visitas</translation>
    </message>
    <message>
        <source>subject maps</source>
        <translation>mapas de personas</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>claves</translation>
    </message>
    <message>
        <source>signatures</source>
        <translation>firmas</translation>
    </message>
    <message>
        <source>patients</source>
        <translation>pacientes</translation>
    </message>
    <message>
        <source>policies, protocols and texts</source>
        <translation>políticas, protocolos y textos</translation>
    </message>
    <message>
        <source>checkpoints</source>
        <translation>puntos de control</translation>
    </message>
    <message>
        <source>anchors outside the database</source>
        <translation>anclas fuera de la base de datos</translation>
    </message>
    <message>
        <source>and</source>
        <translation>y</translation>
    </message>
    <message>
        <source>or</source>
        <translation>o</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>you</source>
        <translation>usted</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>alguien</translation>
    </message>
    <message>
        <source>something</source>
        <translation>algo</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>an</source>
        <translation>la</translation>
    </message>
    <message>
        <source>another</source>
        <translation>otra</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>faltaba</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>dañado</translation>
    </message>
    <message>
        <source>The computer&apos;s clock was set back</source>
        <translation>El reloj de la computadora se atrasó</translation>
    </message>
    <message>
        <source>Enter the reason</source>
        <translation>Escribir el motivo</translation>
    </message>
    <message>
        <source>The reason is in the log.</source>
        <translation>El motivo está en la bitácora.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>¿Por qué?</translation>
    </message>
    <message>
        <source>Such as: it had been wrong. It stands in the log.</source>
        <translation>Por ejemplo: estaba mal. Queda en la bitácora.</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>Aún abierta</translation>
    </message>
    <message>
        <source>Cancel the planned visit</source>
        <translation>Cancelar la visita planificada</translation>
    </message>
    <message>
        <source>Cancel the visit</source>
        <translation>Cancelar la visita</translation>
    </message>
    <message>
        <source>Change the planned visit</source>
        <translation>Cambiar la visita planificada</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Start the visit</source>
        <translation>Empezar la visita</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Such as: called off by telephone. It stands in the list and in the log.</source>
        <translation>Por ejemplo: canceló por teléfono. Queda en la lista y en la bitácora.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Por qué</translation>
    </message>
    <message>
        <source>{lot} · {name} · expires {day}</source>
        <translation>{lot} · {name} · vence {day}</translation>
    </message>
    <message>
        <source>Do not rely on this record: run the check under Inspection.</source>
        <translation>No confíe en este registro: haga la revisión en Inspección.</translation>
    </message>
    <message>
        <source>Carried</source>
        <translation>Traído</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Se deja fuera</translation>
    </message>
    <message>
        <source>By telephone, unsigned</source>
        <translation>Por teléfono, sin firma</translation>
    </message>
    <message>
        <source>kept until {day}: {why}</source>
        <translation>se guarda hasta el {day}: {why}</translation>
    </message>
    <message>
        <source>ordered by telephone, not signed yet</source>
        <translation>ordenado por teléfono, aún sin firma</translation>
    </message>
    <message>
        <source>{n} stop</source>
        <translation>alto: {n}</translation>
    </message>
    <message>
        <source>{n} not done</source>
        <translation>faltan {n}</translation>
    </message>
    <message>
        <source>{n} to look at</source>
        <translation>mirar {n}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Alto</translation>
    </message>
    <message>
        <source>Addendum</source>
        <translation>Adenda</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Corrección</translation>
    </message>
    <message>
        <source>Late entry</source>
        <translation>Anotación tardía</translation>
    </message>
    <message>
        <source>Wrong patient</source>
        <translation>Paciente equivocado</translation>
    </message>
    <message>
        <source>Nobody may pass this</source>
        <translation>Nadie puede dejarlo pasar</translation>
    </message>
    <message>
        <source>The director decides</source>
        <translation>Decide el director</translation>
    </message>
    <message>
        <source>Unusual</source>
        <translation>Poco habitual</translation>
    </message>
    <message>
        <source>No director has seen it yet</source>
        <translation>La dirección médica aún no la ha visto</translation>
    </message>
    <message>
        <source>left empty</source>
        <translation>vacío</translation>
    </message>
    <message>
        <source>Amendments</source>
        <translation>Enmiendas</translation>
    </message>
    <message>
        <source>What was signed stays as it is. Each amendment is a signed record of its own.</source>
        <translation>Lo firmado queda como está. Cada enmienda es un documento firmado propio.</translation>
    </message>
    <message>
        <source>Add to the record …</source>
        <translation>Agregar al expediente …</translation>
    </message>
    <message>
        <source>Correct a field …</source>
        <translation>Corregir un campo …</translation>
    </message>
    <message>
        <source>Enter late …</source>
        <translation>Anotar tarde …</translation>
    </message>
    <message>
        <source>Wrong patient …</source>
        <translation>Paciente equivocado …</translation>
    </message>
    <message>
        <source>Whose visit it is was not known.</source>
        <translation>No se sabía de quién es la visita.</translation>
    </message>
    <message>
        <source>{count}. Signed {at} by {name}, {credential} (licence {licence})</source>
        <translation>{count}. Firmada {at} por {name}, {credential} (licencia {licence})</translation>
    </message>
    <message>
        <source>I have seen this</source>
        <translation>La he visto</translation>
    </message>
    <message>
        <source>Begin the right patient&apos;s visit, {record}</source>
        <translation>Iniciar la visita del paciente correcto, {record}</translation>
    </message>
    <message>
        <source>It happened {at}</source>
        <translation>Ocurrió {at}</translation>
    </message>
    <message>
        <source>It amends revision {revision}</source>
        <translation>Enmienda la revisión {revision}</translation>
    </message>
    <message>
        <source>Seen by {name}, {at}</source>
        <translation>Vista por {name}, {at}</translation>
    </message>
    <message>
        <source>As signed: {value}</source>
        <translation>Como se firmó: {value}</translation>
    </message>
    <message>
        <source>Corrected: {value}</source>
        <translation>Corregido: {value}</translation>
    </message>
    <message>
        <source>It belongs to {name}, {record}.</source>
        <translation>Es de {name}, {record}.</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>Motivo: {reason}</translation>
    </message>
    <message>
        <source>Within the limit</source>
        <translation>Dentro del límite</translation>
    </message>
    <message>
        <source>No depth yet</source>
        <translation>Aún sin profundidad</translation>
    </message>
    <message>
        <source>Over the limit</source>
        <translation>Sobre el límite</translation>
    </message>
    <message>
        <source>Needs the director</source>
        <translation>Requiere a la dirección</translation>
    </message>
    <message>
        <source>Needs a reason</source>
        <translation>Necesita un motivo</translation>
    </message>
    <message>
        <source>Preparation and products</source>
        <translation>Preparación y productos</translation>
    </message>
    <message>
        <source>Label read back {clock} by {people}.</source>
        <translation>Etiqueta releída {clock} por {people}.</translation>
    </message>
    <message>
        <source>{count} steps of asepsis confirmed.</source>
        <translation>{count} pasos de asepsia confirmados.</translation>
    </message>
    <message>
        <source>{name}: {amount} mL.</source>
        <translation>{name}: {amount} mL.</translation>
    </message>
    <message>
        <source>Spin: {speed} rpm, radius {radius} cm, {minutes} minutes.</source>
        <translation>Giro: {speed} rpm, radio {radius} cm, {minutes} minutos.</translation>
    </message>
    <message>
        <source>Reason given</source>
        <translation>Motivo dado</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>Liberado</translation>
    </message>
    <message>
        <source>Authorised</source>
        <translation>Autorizado</translation>
    </message>
    <message>
        <source>What to look at</source>
        <translation>Lo que hay que mirar</translation>
    </message>
    <message>
        <source>Treatment</source>
        <translation>Tratamiento</translation>
    </message>
    <message>
        <source>Cartridge</source>
        <translation>Cartucho</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Empezó</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminó</translation>
    </message>
    <message>
        <source>Exam, order and consent</source>
        <translation>Examen, orden y consentimiento</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Order by telephone</source>
        <translation>Orden por teléfono</translation>
    </message>
    <message>
        <source>The patient&apos;s signature</source>
        <translation>Firma del paciente</translation>
    </message>
    <message>
        <source>lot {lot}, expires {day}</source>
        <translation>lote {lot}, vence {day}</translation>
    </message>
    <message>
        <source>{director}, {at}; taken by {taker}, read back {read_back}: {words}</source>
        <translation>{director}, {at}; tomada por {taker}, leída en voz alta {read_back}: {words}</translation>
    </message>
    <message>
        <source>Sent for review: {reasons}.</source>
        <translation>Enviada a revisión: {reasons}.</translation>
    </message>
    <message>
        <source>Nothing stands out: every light is ready.</source>
        <translation>Nada llama la atención: todos los indicadores están listos.</translation>
    </message>
    <message>
        <source>No treated area is recorded.</source>
        <translation>No hay ninguna zona tratada registrada.</translation>
    </message>
    <message>
        <source>lot {lot}</source>
        <translation>lote {lot}</translation>
    </message>
    <message>
        <source>{speed} rpm</source>
        <translation>{speed} rpm</translation>
    </message>
    <message>
        <source>bleeding: {seen}</source>
        <translation>sangrado: {seen}</translation>
    </message>
    <message>
        <source>pain {pain} of 10</source>
        <translation>dolor {pain} de 10</translation>
    </message>
    <message>
        <source>begun {clock}</source>
        <translation>inicio {clock}</translation>
    </message>
    <message>
        <source>done {clock}</source>
        <translation>fin {clock}</translation>
    </message>
    <message>
        <source>Adverse event, grade {grade}</source>
        <translation>Evento adverso, grado {grade}</translation>
    </message>
    <message>
        <source>Record {hash}… · revision {revision}</source>
        <translation>Registro {hash}… · revisión {revision}</translation>
    </message>
    <message>
        <source>{event} · noted {day}. {note}</source>
        <translation>{event} · anotado {day}. {note}</translation>
    </message>
    <message>
        <source>{at} · revision {revision} · key {key}…</source>
        <translation>{at} · revisión {revision} · clave {key}…</translation>
    </message>
    <message>
        <source>{day} by {name}, {how}: {result}</source>
        <translation>{day} por {name}, {how}: {result}</translation>
    </message>
    <message>
        <source>{day} by {name}, to {valid_to}</source>
        <translation>{day} por {name}, hasta {valid_to}</translation>
    </message>
    <message>
        <source>{form} v{version} ({language}), signed {at}</source>
        <translation>{form} v{version} ({language}), firmado {at}</translation>
    </message>
    <message>
        <source>{what} by {name}, {credential}</source>
        <translation>{what} por {name}, {credential}</translation>
    </message>
    <message>
        <source> (licence {number})</source>
        <translation> (licencia {number})</translation>
    </message>
    <message>
        <source>Reviewed and approved</source>
        <translation>Revisada y aprobada</translation>
    </message>
    <message>
        <source>Returned with a question</source>
        <translation>Devuelta con una pregunta</translation>
    </message>
    <message>
        <source>Released for treatment</source>
        <translation>Liberada para tratamiento</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menú</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Director</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Devices &amp; supplies</source>
        <translation>Dispositivos e insumos</translation>
    </message>
    <message>
        <source>Protocols</source>
        <translation>Protocolos</translation>
    </message>
    <message>
        <source>Inspection</source>
        <translation>Inspección</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Bloquear</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Válida</translation>
    </message>
    <message>
        <source>Not checked (older format)</source>
        <translation>Sin revisar (formato anterior)</translation>
    </message>
    <message>
        <source>Not what was entered</source>
        <translation>No es lo que se registró</translation>
    </message>
    <message>
        <source>Link does not hold</source>
        <translation>El enlace no es válido</translation>
    </message>
    <message>
        <source>Signature does not hold</source>
        <translation>La firma no es válida</translation>
    </message>
    <message>
        <source>All ready</source>
        <translation>Todo listo</translation>
    </message>
    <message>
        <source>Review overdue</source>
        <translation>Revisión atrasada</translation>
    </message>
    <message>
        <source>Face and neck</source>
        <translation>Cara y cuello</translation>
    </message>
    <message>
        <source>Face with PRP</source>
        <translation>Cara con PRP</translation>
    </message>
    <message>
        <source>off-label</source>
        <translation>fuera de indicación</translation>
    </message>
    <message>
        <source>warning passed with a reason</source>
        <translation>advertencia permitida con un motivo</translation>
    </message>
    <message>
        <source>Left side</source>
        <translation>Lado izquierdo</translation>
    </message>
    <message>
        <source>Right side</source>
        <translation>Lado derecho</translation>
    </message>
    <message>
        <source>Both sides</source>
        <translation>Ambos lados</translation>
    </message>
    <message>
        <source>Midline</source>
        <translation>Línea media</translation>
    </message>
</context>
</TS>
